import type { Currency } from './database/columns.js';

export interface Money {
  readonly cents: number;
  readonly currency: Currency;
}

export function sum(amounts: readonly Money[], currency: Currency): Money {
  const foreign = amounts.find((amount) => amount.currency !== currency);
  if (foreign !== undefined) throw new Error(`can't add ${foreign.currency} to ${currency}`);
  return { cents: amounts.reduce((total, { cents }) => total + cents, 0), currency };
}

export function percent({ cents, currency }: Money, rate: number): Money {
  return { cents: Math.round((cents * rate) / 100), currency };
}

export function format({ cents, currency }: Money): string {
  const digits = currency === 'JPY' ? 0 : 2;
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(cents / 10 ** digits);
}
