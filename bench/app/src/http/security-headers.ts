import type { RequestHandler } from 'express';

const headers = {
  'content-security-policy': "default-src 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

export const securityHeaders: RequestHandler = (_request, response, next) => {
  Object.entries(headers).forEach(([name, value]) => response.setHeader(name, value));
  next();
};
