import { describe, expect, it } from "vitest";
import { isCompleteFact, kindOf, startingValue } from "./office-facts.ts";

describe("the fields of an office's file", () => {
  it.each([
    ["address", { street: "7435 N. Ingram Ave", city: "Fresno", state: "CA", postalCode: "93711" }],
    ["address", { street: "11 Calle Ficticia", city: "Toronto", state: "ON", postalCode: "M5H 3M7" }],
    ["phone", "+1 559 555 0100"],
    ["email", "citas@example.org"],
    ["hours:visas", []],
    ["hours:documentacion", [{ weekdays: [1, 2, 3, 4, 5], opens: "08:00", closes: "13:30" }]],
    ["payment_means", ["cash"]],
    ["lunch_closing", "none"],
    ["lunch_closing", { from: "13:00", to: "14:00" }],
    ["parking", { es: "Hay lugares.", en: "There are places." }],
  ])("can confirm %s as %j", (field, value) => expect(isCompleteFact(field, value)).toBe(true));

  it.each([
    ["address", { street: "7435 N. Ingram Ave", city: "Fresno", state: "California", postalCode: "93711" }],
    ["phone", "559 555 0100"],
    ["email", "citas"],
    ["hours:documentacion", [{ weekdays: [], opens: "08:00", closes: "13:30" }]],
    ["hours:documentacion", [{ weekdays: [1], opens: "14:00", closes: "13:30" }]],
    ["payment_means", []],
    ["lunch_closing", { from: "13:00", to: "" }],
    ["parking", { es: "Hay lugares.", en: " " }],
    ["bus", null],
  ])("cannot confirm %s as %j", (field, value) => expect(isCompleteFact(field, value)).toBe(false));

  it("begin empty in a shape that the editor of their kind can show", () => {
    expect(startingValue("bring_in", null)).toEqual({ es: "", en: "" });
    expect(startingValue("phone", "+1 559 555 0100")).toBe("+1 559 555 0100");
    expect(kindOf("hours:fe_publica")).toBe("hours");
  });
});
