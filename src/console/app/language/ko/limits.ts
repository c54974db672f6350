/** What a template may use only so much of, by the name of the limit, and what to do about it. */
export const limits: ReadonlyMap<string, readonly [what: string, mend: string]> = new Map([
  ['steps', ['계산 단계', '하는 일을 줄이세요']],
  ['text length', ['글의 길이', '더 짧은 글을 만드세요']],
  ['frame length', ['그림의 길이', '더 적게 쓰세요']],
  ['frame bytes', ['그림의 바이트', '더 적게 그리세요']],
  ['drawn elements', ['그려지는 요소', '서로 참조하는 요소를 줄이세요']],
  ['data depth', ['데이터의 깊이', '데이터를 더 평평하게 만드세요']],
  ['call depth', ['매크로 호출의 깊이', '매크로를 더 간단하게 만드세요']],
  ['range', ['range의 길이', '더 짧은 범위를 쓰세요']],
  ['tokens', ['템플릿의 토큰', '템플릿을 더 작게 만드세요']],
  ['nesting', ['템플릿의 중첩', '더 평평하게 만드세요']],
  ['depth', ['식의 깊이', '“set”으로 나누세요']],
]);
