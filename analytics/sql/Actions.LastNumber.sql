-- The greatest number of a year's action items that was ever taken, undone and removed ones included: 项目督办〔2026〕001号 -> 1.
SELECT max(toUInt64OrZero(extract(number, concat('[〔\\[（(【]', {year:String}, '[〕\\]）)】]\\s*第?0*(\\d+)')))) AS last
FROM actions
WHERE area = {area:String} AND batch IN (SELECT batch FROM batches WHERE event = 'commit')
