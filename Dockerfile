# Written without a Docker engine at hand: it was read by its test, not run.
FROM node:22-bookworm-slim AS assets
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=assets /src/node_modules ./node_modules
RUN mkdir -p server/assets/vendor \
 && cp node_modules/echarts/dist/echarts.min.js node_modules/jszip/dist/jszip.min.js node_modules/pptxgenjs/dist/pptxgen.min.js server/assets/vendor/ \
 && cp node_modules/docx/dist/index.iife.js server/assets/vendor/docx.iife.js \
 && CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o /out/taizhang . \
 && cp node_modules/@chdb/lib-linux-*-gnu/libchdb.so /out/libchdb.so

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates tzdata librsvg2-bin fontconfig fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --create-home --home-dir /var/lib/taizhang taizhang \
 && mkdir -p /var/lib/taizhang/data /var/lib/taizhang/backups \
 && chown -R taizhang:taizhang /var/lib/taizhang
COPY --from=build /out/ /opt/taizhang/
USER taizhang
WORKDIR /var/lib/taizhang
ENV TAIZHANG_DATA=/var/lib/taizhang/data TAIZHANG_BACKUPS=/var/lib/taizhang/backups TAIZHANG_LOG_FORMAT=json
VOLUME ["/var/lib/taizhang/data", "/var/lib/taizhang/backups"]
STOPSIGNAL SIGTERM
# bash speaks TCP by itself, so that the image needs no curl.
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s --retries=4 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /readyz HTTP/1.0\\r\\nHost: 127.0.0.1\\r\\n\\r\\n' >&3 && grep -q '^ready' <&3"]
ENTRYPOINT ["/opt/taizhang/taizhang"]
CMD ["serve"]
