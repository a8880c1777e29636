# Two stages: the second holds only what the service runs on.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /poolkeeper
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev --omit=optional

FROM node:24.21.0-bookworm-slim
# It can be reached from outside the container, so it does not start without API_KEYS_FILE: see docs/access.md.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /poolkeeper
COPY --from=build /poolkeeper/package.json ./
COPY --from=build /poolkeeper/node_modules ./node_modules
COPY --from=build /poolkeeper/dist ./dist
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
# Whether the process answers: a store that is away is waited for, and starting anew would not bring it back.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["node", "dist/src/health-check.js"]
CMD ["node", "--enable-source-maps", "dist/src/main.js"]
