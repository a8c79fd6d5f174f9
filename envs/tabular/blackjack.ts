import { resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { Rng } from '../../core/rng.ts';
import type { Shape, ShapesScene } from '../../core/scene.ts';
import { type Discrete, discrete } from '../../core/space.ts';
import { createTabularModel, type Outcome, type TabularModel } from '../../core/tabular-model.ts';

/** Which of the rules of blackjack hold. */
export interface BlackjackOptions {
  /** Whether winning with an ace and a ten dealt at first earns 1.5; `sab` overrules it. Default false. */
  readonly natural?: boolean;
  /** Whether an ace and a ten dealt at first beat all but the same, as in the book. Default true. */
  readonly sab?: boolean;
}

/** The options that `blackjack()` stands for. */
export const BLACKJACK_DEFAULTS: Required<BlackjackOptions> = { natural: false, sab: true };

// Where each quantity lives in the state row.
const STATE = 0; // the model's number of the state
const HOLE = 1; // the dealer's card that lies face down, 1 … 10
const DEALER_TOTAL = 2; // what the dealer ended with; 0 before that
const ENDED = 3; // 1 once the game is over
const SUIT = 4; // of the dealer's upper card: 0 … 3; only the drawing looks at it
const FACE = 5; // if that card counts ten: 0 jack, 1 queen, 2 king; only for the drawing

const STICK = 0;
const LABELS = ['stick', 'hit'];

const NUM_CARDS = 13; // in a suit, all with the same chance
const NUM_OBSERVATIONS = 32 * 11 * 2;
const NATURALS = NUM_OBSERVATIONS - 1; // state of a natural when the dealer shows card 0

/** The player's cards as far as they matter, and the dealer's upper card. */
interface Hand {
  /** With an ace counted as 11 where that does not exceed 21. */
  readonly sum: number;
  /** The dealer's upper card, 1 … 10. */
  readonly showing: number;
  /** Whether an ace is counted as 11. */
  readonly usableAce: boolean;
  /** Whether it is an ace and a ten, just dealt. */
  readonly natural: boolean;
}

/**
 * Blackjack: draw cards to come nearer to 21 than the dealer does, without exceeding it.
 *
 * | part of the observation  | range                                  |
 * | ------------------------ | -------------------------------------- |
 * | the player's sum         | 0 … 31; 4 … 21 while the game goes on  |
 * | the dealer's upper card  | 0 … 10, 1 is an ace; 0 does not occur  |
 * | usable ace               | 0, or 1 where an ace is counted as 11  |
 *
 * The observation is the number (sum · 11 + upper card) · 2 + usable ace, 0 … 703. Actions: 0
 * sticks, 1 hits. Cards come from an infinite deck; after the player sticks, the dealer draws up to
 * a sum of 17 or more. Reward: 1 for winning, −1 for losing, 0 for a draw and for every hit but a
 * bust, and 1.5 for winning with a natural if `natural` says so. Terminal: after sticking, and
 * with a sum beyond 21. No time limit.
 *
 * A natural (an ace and a ten, dealt at first) looks like any 21 with a usable ace. Where it is worth
 * more, the model has ten states of its own for it, after those that are numbered as observed.
 *
 * Source: Sutton & Barto (2018), Example 5.1, in the form of Gymnasium 1.4's Blackjack-v1, order of
 * the draws included.
 *
 * @throws RangeError if an option is unknown.
 */
export function blackjack(
  options: BlackjackOptions = {},
): Dynamics<Discrete, Discrete, Float64Array> {
  const rules = resolveOptions('blackjack', BLACKJACK_DEFAULTS, options);
  const separate = rules.sab || rules.natural;
  const handIn = (row: Float64Array) => decode(row[STATE]);
  let model: TabularModel | undefined;
  return {
    name: 'Blackjack',
    observationSpace: discrete(NUM_OBSERVATIONS),
    actionSpace: discrete(LABELS.length, LABELS),
    stateSize: 6,
    timeLimit: Infinity,

    reset(row, rng) {
      const showing = drawCard(rng);
      row[HOLE] = drawCard(rng);
      const [first, second] = [drawCard(rng), drawCard(rng)];
      const total = totalWith(totalWith(0, first), second);
      row[STATE] = encode(total, showing, separate && isNatural(first, second));
      row[DEALER_TOTAL] = 0;
      row[ENDED] = 0;
      row[SUIT] = rng.below(4);
      row[FACE] = showing === 10 ? rng.below(3) : 0;
    },

    step(row, action, rng) {
      const hand = handIn(row);
      if (action === STICK) {
        row[ENDED] = 1;
        row[DEALER_TOTAL] = playDealer(hand.showing, row[HOLE], rng);
        return stickReward(hand, row[DEALER_TOTAL], isNatural(hand.showing, row[HOLE]), rules);
      }
      const total = totalWith(totalOf(hand), drawCard(rng));
      const bust = total % ACE > 21;
      row[STATE] = encode(total, hand.showing, false);
      row[ENDED] = bust ? 1 : 0;
      return bust ? -1 : 0;
    },

    isTerminal: (row) => row[ENDED] === 1,

    observe(row, observation) {
      observation[0] = observed(row[STATE]);
    },

    scene: (row) => blackjackScene(handIn(row), row),

    model() {
      model ??= blackjackModel(rules, separate);
      return model;
    },
  };
}

/** The number of a state; naturals have numbers of their own only where they are told apart. */
function encode(total: number, showing: number, toldApart: boolean): number {
  if (toldApart) return NATURALS + showing;
  return ((total % ACE) * 11 + showing) * 2 + (total >= ACE ? 1 : 0);
}

function encodeHand(hand: Hand, separate: boolean): number {
  return encode(totalOf(hand), hand.showing, separate && hand.natural);
}

/** The hand of every state there can be, made once so that a step makes none. */
const HANDS: readonly Hand[] = Array.from({ length: NUM_OBSERVATIONS + 10 }, (_, state) => {
  const natural = state >= NUM_OBSERVATIONS;
  return {
    sum: natural ? 21 : Math.floor(state / 22),
    showing: natural ? state - NATURALS : Math.floor(state / 2) % 11,
    usableAce: natural || state % 2 === 1,
    natural,
  };
});

function decode(state: number): Hand {
  return HANDS[state];
}

/** What a state shows: a natural looks like any 21 with a usable ace. */
function observed(state: number): number {
  return state < NUM_OBSERVATIONS ? state : encodeHand(decode(state), false);
}

/** 1 for an ace to 10; the ten, the jack, the queen and the king all count ten. */
function drawCard(rng: Rng): number {
  return Math.min(rng.below(NUM_CARDS) + 1, 10);
}

/** The chance of a card that counts `value`. */
function cardChance(value: number): number {
  return (value === 10 ? 4 : 1) / NUM_CARDS;
}

function isNatural(first: number, second: number): boolean {
  return Math.min(first, second) === 1 && Math.max(first, second) === 10;
}

function dealtHand(first: number, second: number, showing: number): Hand {
  const total = totalWith(totalWith(0, first), second);
  return handOf(total, showing, isNatural(first, second));
}

function withCard(hand: Hand, card: number): Hand {
  return handOf(totalWith(totalOf(hand), card), hand.showing, false);
}

function totalOf({ sum, usableAce }: Hand): number {
  return sum + (usableAce ? ACE : 0);
}

function handOf(total: number, showing: number, natural: boolean): Hand {
  return { sum: total % ACE, showing, usableAce: total >= ACE, natural };
}

const ACE = 32; // what a usable ace adds to a total

/** One more card in a total: the sum of a hand, and 32 with a usable ace. Allocates nothing. */
function totalWith(total: number, card: number): number {
  const hasUsable = total >= ACE;
  const least = (total % ACE) - (hasUsable ? 10 : 0) + card; // every ace counted as 1
  const isUsable = (hasUsable || card === 1) && least + 10 <= 21;
  return isUsable ? least + 10 + ACE : least;
}

/** The dealer's sum in the end. */
function playDealer(showing: number, hole: number, rng: Rng): number {
  let total = totalWith(totalWith(0, showing), hole);
  while (total % ACE < 17) total = totalWith(total, drawCard(rng));
  return total % ACE;
}

function stickReward(
  hand: Hand,
  dealerTotal: number,
  dealerNatural: boolean,
  rules: Required<BlackjackOptions>,
): number {
  if (rules.sab && hand.natural && !dealerNatural) return 1;
  const dealerScore = dealerTotal > 21 ? 0 : dealerTotal;
  const reward = Math.sign(hand.sum - dealerScore) + 0; // + 0 makes −0 a 0
  return reward === 1 && rules.natural && hand.natural ? 1.5 : reward;
}

function blackjackModel(rules: Required<BlackjackOptions>, separate: boolean): TabularModel {
  const numStates = NUM_OBSERVATIONS + (separate ? 10 : 0);
  const start = startDistribution(numStates, separate);
  const dealers = CARDS.map(dealerEnds);
  const model = createTabularModel(LABELS.length, start, (state, action) => {
    const hand = decode(state);
    if (hand.sum < 4 || hand.sum > 21 || hand.showing === 0) return over(state);
    if (action !== STICK) return CARDS.map((card) => hit(hand, card, separate));
    return stick(state, hand, dealers[hand.showing - 1], rules);
  });
  if (!separate) return model;
  const observations = Int32Array.from(start, (_, state) => observed(state));
  return { ...model, observations };
}

const CARDS = Array.from({ length: 10 }, (_, i) => i + 1);

function over(state: number): Outcome[] {
  return [{ probability: 1, nextState: state, reward: 0, terminated: true }];
}

function hit(hand: Hand, card: number, separate: boolean): Outcome {
  const next = withCard(hand, card);
  const bust = next.sum > 21;
  const nextState = encodeHand(next, separate);
  return { probability: cardChance(card), nextState, reward: bust ? -1 : 0, terminated: bust };
}

/** One outcome for each reward that can be. */
function stick(
  state: number,
  hand: Hand,
  ends: readonly DealerEnd[],
  rules: Required<BlackjackOptions>,
): Outcome[] {
  const chances = new Map<number, number>();
  for (const { total, natural, chance } of ends) {
    const reward = stickReward(hand, total, natural, rules);
    chances.set(reward, (chances.get(reward) ?? 0) + chance);
  }
  return [...chances].map(([reward, probability]) => {
    return { probability, nextState: state, reward, terminated: true };
  });
}

function startDistribution(numStates: number, separate: boolean): Float64Array {
  const start = new Float64Array(numStates);
  for (const showing of CARDS) {
    for (const first of CARDS) {
      for (const second of CARDS) {
        const chance = cardChance(showing) * cardChance(first) * cardChance(second);
        start[encodeHand(dealtHand(first, second, showing), separate)] += chance;
      }
    }
  }
  return start;
}

/** One way in which the dealer can end. */
interface DealerEnd {
  readonly total: number;
  readonly natural: boolean;
  readonly chance: number;
}

/** Every way in which a dealer who shows this card can end. */
function dealerEnds(showing: number): DealerEnd[] {
  const chances = new Map<number, number>(); // of 2 · total + 1 for a natural
  const play = (hand: Hand, chance: number) => {
    if (hand.sum < 17) {
      for (const card of CARDS) play(withCard(hand, card), chance * cardChance(card));
      return;
    }
    const end = 2 * hand.sum + (hand.natural ? 1 : 0);
    chances.set(end, (chances.get(end) ?? 0) + chance);
  };
  for (const hole of CARDS) play(dealtHand(showing, hole, 0), cardChance(hole));
  return [...chances].map(([end, chance]) => {
    return { total: Math.floor(end / 2), natural: end % 2 === 1, chance };
  });
}

const SUITS = ['♣', '♦', '♥', '♠'];
const FACES = ['J', 'Q', 'K'];

function blackjackScene(hand: Hand, row: Float64Array): ShapesScene {
  const name = hand.showing === 10 ? FACES[row[FACE]] : cardName(hand.showing);
  const played = row[DEALER_TOTAL] > 0;
  const aces = hand.usableAce ? ' with a usable ace' : '';
  const dealer = played ? `dealer ${row[DEALER_TOTAL]}` : `dealer shows ${name}`;
  return {
    kind: 'shapes',
    view: { left: 0, bottom: 0, width: 8, height: 8 },
    shapes: [
      text(1.5, 6.2, 'dealer', 0.5, 'muted'),
      ...card(3.8, `${name}${SUITS[row[SUIT]]}`, 'surface'),
      ...card(6.1, played ? cardName(row[HOLE]) : '', played ? 'surface' : 'accent'),
      ...(played ? [text(1.5, 5.3, String(row[DEALER_TOTAL]), 0.9, 'text')] : []),
      text(1.5, 2.2, 'player', 0.5, 'muted'),
      text(4.8, 2.2, String(hand.sum), 2, hand.sum > 21 ? 'hazard' : 'agent'),
      ...(hand.usableAce ? [text(4.8, 0.7, 'usable ace', 0.5, 'text')] : []),
    ],
    caption: `player ${hand.sum}${aces}, ${dealer}`,
  };
}

function cardName(value: number): string {
  return value === 1 ? 'A' : String(value);
}

function card(x: number, name: string, color: 'surface' | 'accent'): Shape[] {
  const frame = { kind: 'rectangle', x, y: 5.8, width: 2, height: 2.8, color: 'line' } as const;
  const face = { ...frame, width: 1.9, height: 2.7, color };
  return [frame, face, ...(name ? [text(x, 5.8, name, 1, 'text')] : [])];
}

function text(
  x: number,
  y: number,
  words: string,
  size: number,
  color: 'text' | 'muted' | 'agent' | 'hazard',
): Shape {
  return { kind: 'text', x, y, text: words, size, color };
}
