// Makes a .docx of a document (document.go) with the library docx, in the layout of GB/T 9704-2012: A4, 37 mm above and 28 mm left of a
// text of 156 x 225 mm, 22 lines of 28.95 pt, title 22 pt, text 16 pt, numbers of pages as "— 1 —" on the outer side.
(function () {
  'use strict';
  var mm = function (x) { return Math.round(x * 1440 / 25.4); }; // twips
  var LINE = 579; // 28.95 pt, exactly; a grid of the page would draw the lines of tables out to it as well
  var WIDE = mm(156);
  var BODY = 32, SMALL = 21; // half points: 三号 and 五号
  var tones = { red: 'B8322A', yellow: '8A5A00', green: '23744A', grey: '616B79' };
  var marks = { red: '●', yellow: '▲', green: '✓', grey: '○' };

  function font(name) { return { ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman', eastAsia: name, hint: 'eastAsia' }; }

  // What XML has no way to write would make the file unreadable.
  function clean(text) { return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[\t\r\n ]+/g, ' '); }

  function run(text, name, size, more) {
    return new docx.TextRun(Object.assign({ text: clean(text), font: font(name), size: size, color: '000000' }, more || {}));
  }

  function exactly(line) { return { line: line, lineRule: docx.LineRuleType.EXACT, before: 0, after: 0 }; }

  function paragraph(text, name, options) {
    return new docx.Paragraph(Object.assign({ spacing: exactly(LINE), children: [run(text, name, BODY)] }, options || {}));
  }

  function cellOf(doc, children, width, extra) {
    return new docx.TableCell(Object.assign({ children: children, width: { size: width, type: docx.WidthType.DXA }, verticalAlign: docx.VerticalAlign.CENTER,
      margins: { marginUnitType: docx.WidthType.DXA, top: 40, bottom: 40, left: 70, right: 70 } }, extra || {}));
  }

  function line(children, align, high) {
    var sides = { left: docx.AlignmentType.LEFT, center: docx.AlignmentType.CENTER, right: docx.AlignmentType.RIGHT };
    return new docx.Paragraph({ alignment: sides[align], spacing: exactly(high), children: children });
  }

  function table(doc, t) {
    var all = t.columns.reduce(function (sum, c) { return sum + c.share; }, 0), left = WIDE;
    var widths = t.columns.map(function (c, i) {
      var w = i === t.columns.length - 1 ? left : Math.floor(WIDE * c.share / all);
      left -= w;
      return w;
    });
    var head = new docx.TableRow({ tableHeader: true, cantSplit: true, children: t.columns.map(function (c, i) {
      return cellOf(doc, [line([run(c.label, doc.fonts.heading, doc.lang === 'en' ? 17 : SMALL)], 'center', doc.lang === 'en' ? 240 : 300)], widths[i], { shading: { type: docx.ShadingType.CLEAR, color: 'auto', fill: 'F2F2F2' } });
    }) });
    var rows = t.rows.map(function (cells) {
      return new docx.TableRow({ cantSplit: true, children: cells.map(function (c, i) {
        var color = tones[c.tone] || '000000', mark = marks[c.tone] && t.columns[i].align !== 'right' ? marks[c.tone] + ' ' : '';
        var inside = [line([run(mark + c.text, doc.fonts.body, SMALL, { color: color })], t.columns[i].align, 300)];
        if (c.small) { inside.push(line([run(c.small, doc.fonts.body, 18, { color: '444444' })], t.columns[i].align, 250)); }
        return cellOf(doc, inside, widths[i]);
      }) });
    });
    var thin = { style: docx.BorderStyle.SINGLE, size: 4, color: '666666' }, thick = { style: docx.BorderStyle.SINGLE, size: 8, color: '000000' };
    return new docx.Table({ rows: [head].concat(rows), columnWidths: widths, width: { size: WIDE, type: docx.WidthType.DXA }, layout: docx.TableLayoutType.FIXED,
      borders: { top: thick, bottom: thick, left: thin, right: thin, insideHorizontal: thin, insideVertical: thin } });
  }

  // The number stands on the outer side, one character in; what the file stands on is written small on the inner side.
  function footer(doc, even) {
    var number = new docx.TextRun({ children: ['— ', docx.PageNumber.CURRENT, ' —'], font: font('宋体'), size: 28 });
    var foot = run(doc.foot, doc.fonts.body, 18, { color: '444444' });
    var children = even ? [number, new docx.TextRun({ children: [new docx.Tab()] }), foot] : [foot, new docx.TextRun({ children: [new docx.Tab()] }), number];
    return new docx.Footer({ children: [new docx.Paragraph({ tabStops: [{ type: docx.TabStopType.RIGHT, position: even ? WIDE : WIDE - 280 }],
      indent: { left: even ? 280 : 0 }, children: children })] });
  }

  return function (json) {
    var doc = JSON.parse(json), body = [];
    body.push(new docx.Paragraph({ alignment: docx.AlignmentType.CENTER, spacing: { line: 700, lineRule: docx.LineRuleType.EXACT, before: 0, after: 0 }, children: [run(doc.title, doc.fonts.title, 44)] }));
    body.push(new docx.Paragraph({ alignment: docx.AlignmentType.CENTER, spacing: exactly(LINE), children: [run(doc.sub, doc.fonts.subheading, 28)] }));
    body.push(paragraph('', doc.fonts.body));
    doc.sections.forEach(function (s) {
      body.push(new docx.Paragraph({ heading: docx.HeadingLevel.HEADING_1, keepNext: true, spacing: exactly(LINE), indent: { firstLine: 640 }, children: [run(s.heading, doc.fonts.heading, BODY, { bold: doc.lang === 'en' })] }));
      s.parts.forEach(function (p) {
        if (p.heading) {
          body.push(new docx.Paragraph({ heading: docx.HeadingLevel.HEADING_2, keepNext: true, spacing: exactly(LINE), indent: { firstLine: 640 }, children: [run(p.heading, doc.fonts.subheading, BODY)] }));
        }
        if (p.text) { body.push(paragraph(p.text, doc.fonts.body, { alignment: docx.AlignmentType.BOTH, indent: { firstLine: 640 } })); }
        if (p.table) {
          body.push(table(doc, p.table));
          body.push(new docx.Paragraph({ spacing: exactly(240), children: [] }));
        }
      });
    });
    doc.closing.forEach(function (text, i) {
      body.push(new docx.Paragraph({ spacing: { line: 300, lineRule: docx.LineRuleType.EXACT, before: i ? 0 : 120, after: 0 },
        border: i ? undefined : { top: { style: docx.BorderStyle.SINGLE, size: 6, color: '000000', space: 6 } }, children: [run(text, doc.fonts.body, SMALL)] }));
    });
    var plain = function (name, size) { return { run: { font: font(name), size: size, bold: false, color: '000000' } }; };
    var made = new docx.Document({
      title: clean(doc.title), description: clean(doc.foot), creator: doc.maker, lastModifiedBy: doc.maker, evenAndOddHeaderAndFooters: true,
      styles: { default: { document: plain(doc.fonts.body, BODY), heading1: plain(doc.fonts.heading, BODY), heading2: plain(doc.fonts.subheading, BODY) } },
      sections: [{
        properties: {
          page: { size: { width: mm(210), height: mm(297) }, margin: { top: mm(37), left: mm(28), right: mm(26), bottom: mm(35), header: mm(15), footer: mm(24) } }
        },
        footers: { default: footer(doc, false), even: footer(doc, true) },
        children: body
      }]
    });
    // The parts are packed outside: the library's own packing takes as long again here as all that comes before it.
    return JSON.stringify(Array.from(docx.Packer.compiler.compile(made)));
  };
}());
