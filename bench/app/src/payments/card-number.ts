/** Checks the last digit by Luhn's formula. */
export function isCardNumber(digits: string): boolean {
  const total = [...digits].reverse().reduce((sum, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
  return total % 10 === 0;
}

export function maskCardNumber(digits: string): string {
  return digits.slice(-4).padStart(digits.length, '*');
}
