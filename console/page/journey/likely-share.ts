/** The range in which a share lies with 95 % certainty: Wilson's interval, which is right for few customers too. */

const Z = 1.96;

export function likelyShare(part: number, whole: number): { low: number; share: number; high: number } {
  if (whole === 0) return { low: 0, share: 0, high: 1 };
  const share = part / whole;
  const spread = (Z * Z) / whole;
  const middle = (share + spread / 2) / (1 + spread);
  const half = (Z / (1 + spread)) * Math.sqrt((share * (1 - share)) / whole + spread / (4 * whole));
  return { low: Math.max(0, middle - half), share, high: Math.min(1, middle + half) };
}
