import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analysis/analyze.ts';

const slice = (text: string, span: { start: number; end: number }) => text.slice(span.start, span.end);

/** Each quote as `speaker: [content]`, in reading order. */
function quotes(text: string): string[] {
  const found = analyze({ text });
  return found.quotes.map(
    ({ speaker, content }) =>
      `${speaker === undefined ? 'unclear' : found.speakers[speaker]!.name}: [${slice(text, content)}]`,
  );
}

/** Each reaction as `speaker: stance [clause]`, in reading order. */
function reactions(text: string): string[] {
  const found = analyze({ text });
  return found.reactions.map(
    ({ speaker, stance, clause }) => `${found.speakers[speaker]!.name}: ${stance} [${slice(text, clause)}]`,
  );
}

describe('what nobody tells to have been said is no quote', () => {
  it.each([
    'Mayor Ana López spoke on Friday. She never said “we will close the bridge.”',
    'Mayor Ana López spoke on Friday. She did not say that the bridge would close.',
    'Ana López didn’t say the bridge was closed.',
    '“We will not close the bridge,” Ana López did not say, although everyone expected it.',
    'Ana López has never been heard to say “I was wrong.”',
    'Ana López has yet to say whether she will run again.',
    'Never has Ana López said the bridge was safe.',
    'At no point did Ana López say that the bridge was safe.',
    'Ana López stopped short of saying “we were wrong.”',
    'Ana López failed to mention that the bridge had been closed twice.',
    'No one said “we will close the bridge.”',
    'Neither Ana López nor Ben Moe said the bridge was safe.',
    'None of the councillors said they would resign.',
    'Nor did Ana López say how much the bridge would cost.',
    'Anyone who says “the bridge is safe” has not seen it.',
    'Mayor Ana López would have said “no deal is better than this deal,” her aides believe.',
    'Ana López could have told voters, “I made a mistake and I am sorry,” but she did not.',
    'Ana López should say, “I made a mistake and I am sorry.”',
    'Ana López may say that the bridge is unsafe when she testifies on Monday.',
    'If Ana López says “we will close the bridge,” the union will strike.',
    'Unless Ana López says “I resign,” the council will vote her out.',
    'Had Ana López said “we will close the bridge,” the union would have struck.',
    'It is not as if Ana López said “close it all.”',
    'Suppose the mayor, Ana López, told you: “Your bridge is gone.”',
    'Did Ana López say “we will close the bridge”? Her office would not answer.',
    'Has Mayor Ana López ever said, “I was wrong”?',
    'Who said “let them swim”?',
    'Ana López urged Ben Moe to say “I am sorry.”',
    'Ana López wants Ben Moe to admit that “he lied.”',
    'There is no evidence that Ana López ever said “let them swim.”',
    'Rumors that Ana López said “close it all” are false.',
    'Say “yes” to the bridge, the leaflet urges. Don’t say “we were not warned.”',
    'The Trump campaign did not immediately respond to a request for comment.',
  ])('%s', (text) => {
    expect(quotes(text)).toEqual([]);
    expect(reactions(text)).toEqual([]);
  });
});

describe('a “not” or an “if” that belongs to something else takes nothing away', () => {
  it.each([
    ['“I never said the bridge would close,” Ana López said.', 'Ana López: [I never said the bridge would close,]'],
    ['Ana López said she never said the bridge would close.', 'Ana López: [she never said the bridge would close]'],
    ['Ana López, who did not attend, said the bridge was safe.', 'Ana López: [the bridge was safe]'],
    ['Ana López did not attend but said in a statement: “We are proud.”', 'Ana López: [We are proud.]'],
    ['Ana López did not hesitate to say “we were wrong.”', 'Ana López: [we were wrong.]'],
    ['Ana López isn’t just saying “no.” She is suing.', 'Ana López: [no.]'],
    ['Not until Friday did Ana López say that the bridge was closed.', 'Ana López: [the bridge was closed]'],
    ['Only Ana López said the bridge was safe.', 'Ana López: [the bridge was safe]'],
    ['If the bridge closes, Ana López said, “we will all suffer.”', 'Ana López: [we will all suffer.]'],
    ['Why did Ana López say “we failed”?', 'Ana López: [we failed]'],
    ['Ana López didn’t hold back: “This is a scandal.”', 'Ana López: [This is a scandal.]'],
    ['Ana López had to admit that “we failed.”', 'Ana López: [we failed.]'],
    ['Theresa May said the country would leave.', 'Theresa May: [the country would leave]'],
    ['Ana López could only say, “Thank you.”', 'Ana López: [Thank you.]'],
    [
      'Nobody wants “a wall around the harbour,” Ana López said.',
      'Ana López: [Nobody wants “a wall around the harbour,”]',
    ],
  ])('%s', (text, quote) => expect(quotes(text)).toEqual([quote]));
});

describe('hearsay names nobody', () => {
  it.each([
    ['“Close it all,” Ana López allegedly said.', 'unclear: [Close it all,]'],
    ['Ana López is accused of saying “keep quiet” to a witness.', 'unclear: [“keep quiet” to a witness]'],
    ['As Ana López would say, “a bridge is a promise.”', 'unclear: [a bridge is a promise.]'],
  ])('%s', (text, quote) => expect(quotes(text)).toEqual([quote]));
});

describe('a denial and a refusal are reactions of whoever makes them', () => {
  it.each([
    [
      'Ana López denied that she had called the bridge “a death trap.”',
      'Ana López: oppose [denied that she had called the bridge “a death trap.”]',
    ],
    [
      'The mayor’s office disputed the claim that the bridge was unsafe.',
      'mayor’s office: oppose [disputed the claim that the bridge was unsafe]',
    ],
    [
      'Ana López refused to say whether the bridge would close.',
      'Ana López: neutral [refused to say whether the bridge would close]',
    ],
    [
      'Ana López neither confirmed nor denied the report.',
      'Ana López: neutral [neither confirmed nor denied the report]',
    ],
    ['Ana López did not endorse the plan.', 'Ana López: neutral [did not endorse the plan]'],
  ])('%s', (text, reaction) => {
    expect(quotes(text)).toEqual([]);
    expect(reactions(text)).toEqual([reaction]);
  });

  it.each([
    ['“It is false,” Ana López denied.', 'Ana López: [It is false,]'],
    ['Ben Moe dismissed the report as “fake news.”', 'Ben Moe: [the report as “fake news.”]'],
    [
      'Ana López has repeatedly refused to apologize, saying “I did nothing wrong.”',
      'Ana López: [I did nothing wrong.]',
    ],
    ['Ana López denied wrongdoing, telling the court “I was at home.”', 'Ana López: [the court “I was at home.”]'],
  ])('the denier’s own words stay: %s', (text, quote) => expect(quotes(text)).toEqual([quote]));

  it.each(['Ben Moe declined to comment.', 'Ben Moe did not deny that the bridge was unsafe.'])(
    'nothing to tell: %s',
    (text) => expect([...quotes(text), ...reactions(text)]).toEqual([]),
  );
});

describe('titles, names and scare quotes are nobody’s words', () => {
  it.each([
    'Rita Vale’s novel “The Drowned Map” won the prize. Ben Moe, who wrote “Harbour Lights,” came second.',
    'Her album “Blue Hour” includes the songs “Rust,” “Rain” and “I Will Never Leave You Again.”',
    'Under the headline “Bridge Will Close, Mayor Says,” the Echo printed a correction.',
    'The word “resilience” appears 14 times in the report. The term “net zero” means different things.',
    'Councillor Ben Moe’s “plan” amounts to three sentences on a napkin.',
    'Joe “The Hammer” Ruiz knocked out Ben Moe in the third round.',
  ])('%s', (text) => expect(quotes(text)).toEqual([]));

  it('a title before the cue is not what was said', () =>
    expect(
      quotes('In a post titled “Why I Left the Council,” Ana López wrote that the bridge was unsafe.'),
    ).not.toContain('Ana López: [Why I Left the Council,]'));

  it('a letter read out is somebody else’s', () =>
    expect(quotes('Ana López read from the letter: “Dear sir, your house will be flooded.”')).toEqual([
      'unclear: [Dear sir, your house will be flooded.]',
    ]));
});
