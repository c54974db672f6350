/** The types that an `Accept` names, in its order and whatever weight they have, as Yoga reads it; none in a charset but UTF-8. */
export function acceptedTypes(accept: string): readonly string[] {
  const ranges = accept.replace(/\s/g, '').toLowerCase().split(',');
  return ranges.flatMap((range) => {
    const [type = '', ...parameters] = range.split(';');
    return parameters.some((parameter) => /charset=(?!utf-8$)/.test(parameter)) ? [] : [type];
  });
}
