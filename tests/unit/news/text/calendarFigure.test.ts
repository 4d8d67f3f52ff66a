import { describe, expect, it } from "vitest";
import { isCalendarFigure } from "../../../../shared/news/text/calendarFigure.ts";
import { tokenize } from "../../../../shared/news/text/tokenize.ts";

describe("isCalendarFigure", () => {
  it.for([
    ["EUR 70.0 mn in 2010, up", ["2010"]],
    ["EUR 2,010 mn and EUR 2010 mn", []],
    ["on 24 March 2011", ["24", "2011"]],
    ["in 2009 it had 2009 employees", ["2009"]],
    ["a 5m quarter and a 5m day", []],
    ["at EUR 2010 it closed", []],
    ["12 months, 3 quarters, 4 stores", ["12", "3"]],
    ["March 24 and 24 March and 24 stores", ["24", "24"]],
    ["Q1 123 days and 1234 days", []],
    ["1899 and 1900 and 2099 and 2100", ["1900", "2099"]],
    ["eur 12 days and usd 12 days and sek 12 days", ["12"]],
    ["gbp 2010 fell", []],
    ["12 percent days, 2010 percent, 5.5 days, 12% days", []],
    ["2010", ["2010"]],
    ["12", []],
  ] as const)("%s", ([text, expected]) => {
    const tokens = tokenize(text);
    expect(tokens.filter((_, at) => isCalendarFigure(tokens, at)).map(({ raw }) => raw)).toEqual(expected);
  });
});
