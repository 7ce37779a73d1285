ARG node=node:24
ARG distroless=gcr.io/distroless/nodejs24-debian13:nonroot

FROM ${node} AS build
ARG npm_config_registry
WORKDIR /app
# An unpinned pnpm is a newer major, which fails with ERR_PNPM_IGNORED_BUILDS.
RUN npm install --global pnpm@10.34.9
COPY pnpm-lock.yaml pnpm-workspace.yaml ./
RUN pnpm fetch
COPY . ./
RUN pnpm install --recursive --offline
RUN pnpm run bundle

FROM ${distroless}
WORKDIR /usr/src/app
COPY --from=build /app/bundle.cjs ./
EXPOSE 8080
CMD ["bundle.cjs"]
