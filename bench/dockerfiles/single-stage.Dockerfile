ARG node=node:24
FROM ${node}
ARG npm_config_registry
WORKDIR /usr/src/app
COPY package*.json ./
RUN npm install
COPY . .
RUN npm run build
EXPOSE 8080
CMD ["node", "dist/main.js"]
