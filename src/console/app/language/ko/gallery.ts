interface Words {
  readonly title: string;
  readonly description: string;
}

/** By the id of a template: the server says it in English. */
export const gallery: ReadonlyMap<string, Words> = new Map([
  ['badge', { title: '배지', description: 'README용 배지. 이름과 값이 있고, 너비는 글자에 맞춰집니다.' }],
  ['banner', { title: '배너', description: 'README나 페이지의 머리. 천천히 움직이는 오로라 앞에 제목, 부제, 태그.' }],
  [
    'bar-race',
    { title: '막대 경주', description: '목록에서 가장 큰 여덟 개. 값을 쓸 때마다 막대가 자라고 줄고 앞지릅니다.' },
  ],
  ['clock', { title: '시계', description: '마지막으로 쓴 때나 정해 준 시각부터 바늘이 저절로 움직이는 시계.' }],
  ['countdown', { title: '카운트다운', description: '아무것도 쓰지 않아도 저절로 0까지 줄어드는 일, 시간, 분, 초.' }],
  ['gauge', { title: '게이지', description: '눈금 위의 숫자 하나. 살펴볼 때와 연락할 때를 색으로 알립니다.' }],
  ['line-chart', { title: '꺾은선 그래프', description: '같은 눈금에 그린 선 다섯 개까지, 가장 새로운 값과 함께.' }],
  [
    'now-playing',
    { title: '지금 재생 중', description: '방송 화면용. 노래와 재생 위치가 다음에 쓸 때까지 계속 나아갑니다.' },
  ],
  ['pipeline', { title: '빌드 파이프라인', description: '빌드의 단계들: 완료, 진행, 실패, 건너뜀, 대기.' }],
  ['price-ticker', { title: '시세 표시', description: '종목 세 개의 값과 오르내림. 값을 쓸 때마다 반짝입니다.' }],
  ['progress-ring', { title: '진행 고리', description: '전체 가운데 얼마인지: 업로드, 목표, 할당량.' }],
  [
    'server-monitor',
    {
      title: '서버 모니터',
      description: '서버의 CPU, 메모리, 디스크, 네트워크. 살펴볼 것과 손볼 것을 색으로 알립니다.',
    },
  ],
  ['sparkline-card', { title: '스파크라인 카드', description: '숫자 하나와 그 변화, 거기까지 이어진 선.' }],
  ['status-board', { title: '상태판', description: '서비스 여덟 개까지: 지금 상태, 가동률, 최근 마흔 번의 점검.' }],
  ['weather', { title: '날씨', description: '지금과 닷새 동안의 날씨, 움직이는 아이콘과 함께.' }],
]);
