/** A kind of character: how it is recognised, and what is drawn in its place. */
interface LetterClass {
  /** One character that stands for it in a mask. */
  readonly mark: string;
  readonly holds: RegExp;
  readonly drawn: readonly string[];
}

const letters = (text: string): readonly string[] => Array.from(text);

/** Consonants and vowels take turns, so that words can be spoken. */
export const CONSONANTS = letters("bdfgklmnprstvz");
export const VOWELS = letters("aeiou");

const DIGITS = letters("0123456789");

/** In the order in which they are tried. */
const CLASSES: readonly LetterClass[] = [
  { mark: "a", holds: /[a-z]/, drawn: [] },
  { mark: "A", holds: /[A-Z]/, drawn: [] },
  { mark: "9", holds: /[0-9]/, drawn: DIGITS },
  { mark: "n", holds: /(?=\p{Ll})\p{Script=Latin}/u, drawn: letters("áàâäãåçéèêëíîïñóôöõúùûüý") },
  { mark: "N", holds: /\p{Script=Latin}/u, drawn: letters("ÁÀÂÄÃÅÇÉÈÊËÍÎÏÑÓÔÖÕÚÙÛÜÝ") },
  { mark: "g", holds: /(?=\p{Ll})\p{Script=Greek}/u, drawn: letters("αβγδεζηθικλμνξοπρστυφχψω") },
  { mark: "G", holds: /\p{Script=Greek}/u, drawn: letters("ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ") },
  {
    mark: "c",
    holds: /(?=\p{Ll})\p{Script=Cyrillic}/u,
    drawn: letters("абвгдежзиклмнопрстуфхцчшюя"),
  },
  { mark: "C", holds: /\p{Script=Cyrillic}/u, drawn: letters("АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЮЯ") },
  { mark: "r", holds: /\p{Script=Arabic}/u, drawn: letters("ابتثجحخدذرزسشصضطظعغفقكلمنهوي") },
  { mark: "h", holds: /\p{Script=Hebrew}/u, drawn: letters("אבגדהוזחטיכלמנסעפצקרשת") },
  { mark: "d", holds: /\p{Script=Devanagari}/u, drawn: letters("कखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह") },
  { mark: "t", holds: /\p{Script=Thai}/u, drawn: letters("กขคงจฉชซดตถทธนบปผพฟภมยรลวสหอ") },
  {
    mark: "K",
    holds: /\p{Script=Hangul}/u,
    drawn: letters("가나다라마바사아자차카타파하고노도로모보소오조코토포호"),
  },
  {
    mark: "i",
    holds: /\p{Script=Hiragana}/u,
    drawn: letters("あいうえおかきくけこさしすせそたちつてとなにぬねの"),
  },
  {
    mark: "k",
    holds: /\p{Script=Katakana}/u,
    drawn: letters("アイウエオカキクケコサシスセソタチツテトナニヌネノ"),
  },
  {
    mark: "H",
    holds: /(?![\u{10000}-\u{10ffff}])\p{Script=Han}/u,
    drawn: letters("山川田中村木林森水火土金石花草竹梅松春夏秋冬東西南北風雲雨雪"),
  },
  {
    mark: "e",
    holds: /[\u{10000}-\u{10ffff}]/u,
    drawn: ["🙂", "🌿", "🍵", "📎", "🔔", "🚲", "🎈", "🧭"],
  },
];

/** Marks stand for classes; what is no letter and no digit stands for itself. */
const ITSELF = /[\p{P}\p{S}\p{Zs}\n\t]/u;

const BY_MARK: ReadonlyMap<string, readonly string[]> = new Map(
  CLASSES.map(({ mark, drawn }) => [mark, drawn]),
);

/** The mark of a character. */
export function markOf(character: string): string {
  const found = CLASSES.find(({ holds }) => holds.test(character));
  if (found !== undefined) return found.mark;
  return ITSELF.test(character) ? character : "a";
}

/** What can be drawn for a mark; undefined when it stands for itself. */
export function drawnFor(mark: string): readonly string[] | undefined {
  return BY_MARK.get(mark);
}
