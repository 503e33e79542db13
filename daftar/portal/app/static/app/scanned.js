// What a scanned text holds: a certificate's signed token, or the number of a person, as it stands or within a text.
const TOKEN = /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/;
const NAMED = /(ir-national-code|ir-foreigner-number|cn-resident-id)\W{1,3}([\dXx]{8,18})(?![\dXx])/;
const RUNS = /(?<![\dA-Za-z])\d{8,17}[\dXx]?(?![\dA-Za-z])/g;
const LONGEST = 2000;

const IR_WEIGHTS = [10, 9, 8, 7, 6, 5, 4, 3, 2];
const CN_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CN_CHECKS = "10X98765432";

// `types` are those that the page offers, `chosen` the one that stands there.
export function read(text, types, chosen) {
  if (text.length > LONGEST) return null;
  if (TOKEN.test(text)) return { certificate: text };
  const latin = text.replace(/[۰-۹٠-٩]/g, (each) => each.charCodeAt(0) & 15);
  const named = latin.match(NAMED);
  if (named) return types.includes(named[1]) ? { type: named[1], number: named[2] } : null;
  for (const [run] of latin.matchAll(RUNS)) {
    const type = kind(run, chosen);
    if (type && types.includes(type)) return { type, number: run };
  }
  return null;
}

function kind(run, chosen) {
  if (run.length === 18 && chinese(run)) return "cn-resident-id";
  if (run.length === 10 && iranian(run)) return "ir-national-code";
  if (chosen === "ir-foreigner-number" && /^\d{8,12}$/.test(run)) return chosen; // it has no check digit: only if asked
  return null;
}

function weighed(digits, weights) {
  return weights.reduce((sum, weight, place) => sum + weight * Number(digits[place]), 0) % 11;
}

function iranian(digits) {
  const left = weighed(digits, IR_WEIGHTS);
  return new Set(digits).size > 1 && Number(digits[9]) === (left < 2 ? left : 11 - left);
}

function chinese(digits) {
  return digits[17].toUpperCase() === CN_CHECKS[weighed(digits, CN_WEIGHTS)];
}
