// The FHIR resources of a JSON list on standard input, validated by npm's "fhir": a list of messages for each.
const { Fhir } = require("fhir");

const resources = JSON.parse(require("fs").readFileSync(0, "utf8"));
const fhir = new Fhir();
const told = resources.map((each) => {
  const found = fhir.validate(each, { errorOnUnexpected: true });
  return found.valid ? [] : found.messages.map((message) => `${message.location}: ${message.message}`);
});
console.log(JSON.stringify(told));
