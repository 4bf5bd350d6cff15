# First form, written without a Docker engine at hand: not run yet.
FROM node:20-bookworm-slim AS assets
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=assets /src/node_modules ./node_modules
RUN mkdir -p server/assets/vendor \
 && cp node_modules/echarts/dist/echarts.min.js node_modules/jszip/dist/jszip.min.js node_modules/pptxgenjs/dist/pptxgen.min.js server/assets/vendor/ \
 && cp node_modules/docx/dist/index.iife.js server/assets/vendor/docx.iife.js \
 && CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o /out/taizhang .

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates tzdata librsvg2-bin fonts-noto-cjk && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --create-home --home-dir /var/lib/taizhang taizhang
COPY --from=build /out/taizhang /opt/taizhang/taizhang
COPY --from=assets /src/node_modules/@chdb/lib-linux-x64-gnu/libchdb.so /opt/taizhang/libchdb.so
USER taizhang
WORKDIR /var/lib/taizhang
VOLUME /var/lib/taizhang
ENTRYPOINT ["/opt/taizhang/taizhang"]
CMD ["serve", "--data", "/var/lib/taizhang/data"]
