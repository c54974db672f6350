const CLASSES = [Object, Array, String, Number, Boolean, Function, Symbol, Map, Date, Error, RegExp];
const OBJECTS: readonly object[] = [globalThis, Math, JSON, ...CLASSES, ...CLASSES.map(({ prototype }) => prototype)];

/** What every object of the language holds. @returns which have changed since */
export function snapshotGlobals(): () => readonly string[] {
  const before = OBJECTS.map(entriesOf);
  return () => OBJECTS.flatMap((object, i) => changedKeys(object, before[i] as ReturnType<typeof entriesOf>));
}

function changedKeys(object: object, before: ReadonlyMap<PropertyKey, unknown>): readonly string[] {
  const now = entriesOf(object);
  const gone = [...before.keys()].filter((key) => !now.has(key));
  const other = [...now].filter(([key, value]) => !before.has(key) || !Object.is(before.get(key), value));
  return [...gone, ...other.map(([key]) => key)].map(String);
}

/** Getters are held as they are: to call them could change what they show. */
function entriesOf(object: object): ReadonlyMap<PropertyKey, unknown> {
  const entries = new Map<PropertyKey, unknown>();
  for (const key of Reflect.ownKeys(object)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(object, key);
    entries.set(key, descriptor?.get ?? descriptor?.value);
  }
  return entries;
}
