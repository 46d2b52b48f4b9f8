/** Numbers for people. */
const whole = new Intl.NumberFormat("en");

export const numberText = (value: number) => whole.format(value);

/** A share as a whole percentage; a small share that is not zero does not become zero. */
export function percentText(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 1) return "< 1 %";
  return percent < 100 && percent > 99 ? "> 99 %" : `${Math.round(percent)} %`;
}
