# syntax=docker/dockerfile:1
FROM node:24-bookworm-slim AS sources
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
COPY backend/package.json backend/
COPY frontend/package.json frontend/
COPY migrations/package.json migrations/
COPY ml/package.json ml/

FROM sources AS build
RUN npm ci --include=dev --include=optional
COPY . .
RUN npm run build

# What the server needs to run, without what built it or what is already inside the exported pages.
FROM sources AS dependencies
RUN npm ci --omit=dev --workspace backend --workspace migrations --workspace ml \
    && rm -rf node_modules/node-linux-*

FROM node:24-bookworm-slim
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ffmpeg \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -o node -g node /data /music
WORKDIR /app
COPY --from=dependencies /app ./
COPY --from=build /app/migrations/dist migrations/dist
COPY --from=build /app/ml/dist ml/dist
COPY --from=build /app/backend/dist backend/dist
COPY --from=build /app/frontend/out frontend/out
# One image, three roles: all (with a Postgres of its own unless DATABASE_URL is set), api, worker.
ENV NODE_ENV=production \
    KANADE_ROLE=all \
    KANADE_HOST=0.0.0.0 \
    KANADE_PORT=7700 \
    KANADE_MUSIC=/music \
    KANADE_DATA=/data
USER node
VOLUME /data
EXPOSE 7700
HEALTHCHECK --interval=15s --timeout=5s --start-period=90s --retries=4 \
    CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.KANADE_PORT + '/api/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=8", "--enable-source-maps", "backend/dist/main.js"]
