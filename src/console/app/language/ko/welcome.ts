import type { welcome as en } from '../en/welcome.ts';
import type { Texts } from '../texts.ts';

export const welcome: Texts<typeof en> = {
  welcome: {
    title: '살아 움직이는 이미지.',
    lead: 'SVG 템플릿을 쓰고 JSON을 보내면, 이미지를 열어 둔 모든 사람이 곧바로 새 그림을 봅니다. 어떤 페이지에서든, 평범한 <img> 하나로.',
    start: '내 그림 만들기',
    signIn: '로그인',
    anonymous: '계정이 없어도 됩니다. 공개 그림은 하루 동안 유지되며 누구나 값을 보낼 수 있습니다.',
    accountNeeded: '이 서버에서는 그림이 계정에 속합니다.',
    demo: '실시간 데모',
    demoPicture: '이 서버 데모의 실시간 그림',
    say: '보고 있는 모두에게 한마디',
    sayPlaceholder: '안녕하세요',
    sayHint: (most: string) => `${most}자까지, 모두에게 바로 보입니다.`,
    push: '보내기',
    pushed: '보냈습니다. 위를 보세요. 모두가 보고 있습니다.',
    stepsTitle: '세 단계로 내 그림 만들기',
    steps: {
      create: {
        title: '템플릿에서 시작',
        text: '차트, 배지, 시계, 모니터 중에서 골라 편집기에서 내 것으로 바꾸세요.',
        action: '갤러리 열기',
      },
      embed: {
        title: '붙여넣기',
        text: '이미지 태그 하나면 됩니다. 스크립트도 라이브러리도 없이, 이미지를 보여 주는 곳이면 어디든.',
      },
      push: { title: 'JSON 보내기', text: '셸, 크론, 센서에서 보내세요. 열려 있는 모든 이미지가 한꺼번에 바뀝니다.' },
    },
    apiTitle: '모든 것이 API입니다',
    api: {
      graphql: '쿼리, 뮤테이션, SSE와 WebSocket 구독. 플레이그라운드에서 바로 써 보세요.',
      rest: '모든 경로와 형식을 읽고 바로 시험해 보세요.',
      live: 'OBS, 벽걸이 화면, 프레임을 위한 빈 페이지.',
    },
  },
};
