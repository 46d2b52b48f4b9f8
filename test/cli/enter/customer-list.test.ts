import { describe, expect, it } from "vitest";
import { readCustomerList } from "../../../cli/enter/customer-list.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readCustomerList(bytes(text));

describe("the customers of a CSV file", () => {
  const two = [
    { line: 2, customerId: "ada", attributes: { country: "DE" } },
    { line: 3, customerId: "ben", attributes: { country: "FR" } },
  ];
  it.each([
    ["with line feeds", "customerId,country\nada,DE\nben,FR\n"],
    ["without a line feed at the end", "customerId,country\nada,DE\nben,FR"],
    ["with CRLF, as Windows writes it", "customerId,country\r\nada,DE\r\nben,FR\r\n"],
    ["with CR alone", "customerId,country\rada,DE\rben,FR\r"],
    ["with several line ends in one file", "customerId,country\r\nada,DE\nben,FR\r\n"],
    ["with a byte order mark, as Excel writes it", "\uFEFFcustomerId,country\nada,DE\nben,FR\n"],
    ["with semicolons, as a German Excel writes it", "customerId;country\nada;DE\nben;FR\n"],
    ["with tabs", "customerId\tcountry\nada\tDE\nben\tFR\n"],
    ["with quotes around each cell", '"customerId","country"\n"ada","DE"\n"ben","FR"\n'],
    ["with blanks around the cells", " customerId , country \n ada , DE \nben,  FR\n"],
    ["with empty columns at the end", "customerId,country,,\nada,DE,,\nben,FR,,\n"],
    ["with blank lines at the end", "customerId,country\nada,DE\nben,FR\n\n,\n"],
  ])("are read %s", (_, text) => {
    expect(read(text)).toEqual({ customers: two, bad: [], attributes: ["country"] });
  });

  it("may be the only column", () => {
    expect(read("customerId\nada\n")).toEqual({
      customers: [{ line: 2, customerId: "ada", attributes: {} }],
      bad: [],
      attributes: [],
    });
  });

  it.each([
    ["a delimiter", '"a,b"', "a,b"],
    ["a quotation mark", '"say ""hi"""', 'say "hi"'],
    ["a line end", '"a\nb"', "a\nb"],
    ["letters beyond ASCII", "Jürgen 🙂", "Jürgen 🙂"],
    ["digits, which stay a text", "00123", "00123"],
  ])("may have a cell with %s", (_, cell, value) => {
    const list = read(`customerId,note\nada,${cell}\nben,x\n`);
    expect(list).toMatchObject({ customers: [{ customerId: "ada", attributes: { note: value } }, {}], bad: [] });
  });

  it("have lines after a cell of several lines with their own numbers", () => {
    expect(read('customerId,note\nada,"a\nb\nc"\nben,x\n')).toMatchObject({ customers: [{ line: 2 }, { line: 5 }] });
  });

  it.each([
    ["a text by default", "age", "30", { age: "30" }],
    ["a number", "age:number", "30.5", { age: 30.5 }],
    ["a boolean", "vip:boolean", "TRUE", { vip: true }],
    ["a list", "sizes:list", "s| m |", { sizes: ["s", "m"] }],
    ["a list of tags", "tags", "vip|berlin", { tags: ["vip", "berlin"] }],
    ["a text although the name has a colon", "utm:source", "mail", { "utm:source": "mail" }],
    ["nothing, when the cell is empty", "age:number", "", {}],
    ["a name that objects have themselves", "constructor:number", "1", { constructor: 1 }],
  ])("have attributes: %s", (_, column, cell, attributes) => {
    const list = read(`customerId,${column}\nada,${cell}\n`);
    expect("customers" in list && list.customers.map((each) => each.attributes)).toEqual([attributes]);
  });
});

describe("a line that cannot be used", () => {
  it.each([
    ["without an id", "customerId,a\n,1\n", "missing-id"],
    ["with an id of blanks", "customerId,a\n   ,1\n", "missing-id"],
    ["with an id of 129 characters", `customerId\n${"x".repeat(129)}\n`, "bad-id"],
    ["with an id of 43 characters in 129 bytes", `customerId\n${"語".repeat(43)}\n`, "bad-id"],
    ["with an id that holds a control character", "customerId\na\u0007b\n", "bad-id"],
    ["with a cell too few", "customerId,a\nada\n", "wrong-columns"],
    ["with a cell too many", "customerId,a\nada,1,2\n", "wrong-columns"],
    ["with a decimal comma, which makes a cell too many", "customerId,a:number\nada,1.000,5\n", "wrong-columns"],
    ["with a number of another form", "customerId;a:number\nada;1,5\n", "bad-value"],
    ["with a boolean of another form", "customerId,a:boolean\nada,yes\n", "bad-value"],
    ["with a zone that does not exist", "customerId,timezone\nada,Berlin\n", "bad-timezone"],
    ["with a quotation mark in the middle of a cell", 'customerId,a\nada,5" disk\n', "bad-quote"],
  ])("is listed with its number: %s", (_, text, code) => {
    expect(read(text)).toMatchObject({ customers: [], bad: [{ line: 2, code }] });
  });

  it("is the second line with an id, and names the first", () => {
    expect(read("customerId,a\nada,1\nben,2\n ada ,3\n")).toMatchObject({
      customers: [{ customerId: "ada", attributes: { a: "1" } }, { customerId: "ben" }],
      bad: [{ line: 4, code: "duplicate-id", message: "The customer is in line 2 already." }],
    });
  });

  it("is one of 37 among 1,000, and the others are read", () => {
    const broken = (line: number) => [",1", `${"x".repeat(200)},1`, "ada", 'a"b,1'][line % 4];
    const isBroken = (line: number) => line % 27 === 0;
    const lines = Array.from({ length: 1000 }, (_, index) => index + 2);
    const list = read(
      `customerId,n:number\n${lines.map((n) => (isBroken(n) ? broken(n) : `c-${n},${n}`)).join("\n")}\n`,
    );
    expect("bad" in list && list.bad.map(({ line }) => line)).toEqual(lines.filter(isBroken));
    expect("bad" in list && list.bad).toHaveLength(37);
    expect("customers" in list && list.customers).toHaveLength(963);
    expect("customers" in list && list.customers.every(({ line, attributes }) => attributes.n === line)).toBe(true);
  });
});

describe("a file that cannot be read as a whole", () => {
  it.each([
    ["an empty file", "", "empty-list"],
    ["a file of blank lines", "\n\n", "empty-list"],
    ["no column customerId", "customer_id,a\nada,1\n", "missing-id-column"],
    ["no line with names", "ada\nben\n", "missing-id-column"],
    ["two columns with one name", "customerId,a,a\nada,1,2\n", "duplicate-name"],
    ["a column without a name", "customerId,,a\nada,1,2\n", "missing-name"],
    ["a quotation mark that nothing closes", 'customerId,a\nada,1\nben,"2\ncem,3\n', "bad-quote"],
    ["text behind a closing quotation mark", 'customerId,a\nada,1\nben,"2"x\ncem,3\n', "bad-quote"],
  ])("has a problem: %s", (_, text, code) => {
    expect(read(text)).toMatchObject({ problems: [{ code }] });
  });

  it.each([
    ["an open quotation mark", 'customerId,a\nada,1\nben,"2\ncem,3\n'],
    ["text behind a quotation mark", 'customerId,a\nada,1\nben,"2"x\ncem,3\n'],
  ])("names the line of %s", (_, text) => {
    expect(read(text)).toMatchObject({ problems: [{ line: 3 }] });
  });

  it("names the encoding of UTF-16", () => {
    const text = "customerId\r\nada\r\n";
    const wide = new Uint8Array(Buffer.from(`\uFEFF${text}`, "utf16le"));
    expect(readCustomerList(wide)).toMatchObject({
      problems: [{ code: "wrong-encoding", message: expect.stringContaining("UTF-16") }],
    });
  });

  it("suggests the column that is probably meant", () => {
    expect(read("CustomerID,a\nada,1\n")).toMatchObject({
      problems: [{ message: expect.stringContaining('Did you mean "CustomerID"?') }],
    });
  });
});
