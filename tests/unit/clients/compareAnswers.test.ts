import { expect, it } from "vitest";
import { compareAnswers } from "../../clients/compareAnswers.ts";

it("tells what is equal, what is meant to differ, what is not, and what differs no more", () => {
  const ours = [
    { action: "a", answer: 1 },
    { action: "b", answer: 1 },
    { action: "c", error: "X" },
    { action: "d", answer: [1] },
  ];
  const theirs = [
    { action: "a", answer: 1 },
    { action: "b", answer: 2 },
    { action: "c", error: "Y" },
    { action: "d", answer: [1] },
    { action: "e", answer: 0 },
  ];
  expect(compareAnswers(ours, theirs, { b: "since", d: "once" })).toEqual({
    equal: ["a", "d"],
    known: [{ action: "b", reason: "since" }],
    unknown: [
      { action: "c", ours: ours[2], theirs: theirs[2] },
      { action: "e", ours: null, theirs: theirs[4] },
    ],
    gone: ["d"],
  });
});
