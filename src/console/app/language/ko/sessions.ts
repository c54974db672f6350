import type { sessions as en } from '../en/sessions.ts';
import type { Texts } from '../texts.ts';

export const sessions: Texts<typeof en> = {
  sessions: {
    title: '내 그림',
    leads: {
      CHANGED: '내 그림 모두를 최근에 바뀐 순서로 보여 줍니다.',
      NAME: '내 그림 모두를 이름순으로 보여 줍니다.',
    },
    search: '이름으로 찾기',
    sort: '정렬',
    sorts: { CHANGED: '최근 변경', NAME: '이름' },
    updated: '변경',
    viewers: (count) => `${count}명이 보는 중`,
    timeLeft: '만료',
    forever: '없음',
    more: '더 보기',
    delete: '삭제',
    deleteTitle: (name) => `${name}을(를) 삭제할까요?`,
    deleteText: '주소가 더 이상 작동하지 않고, 보고 있는 모두에게 끝난 것으로 보입니다. 되돌릴 수 없습니다.',
    deleted: (name) => `${name}을(를) 삭제했습니다.`,
    actions: (name) => `${name} 작업`,
    edit: '편집',
    copyImage: '이미지 태그 복사',
    none: '아직 그림이 없습니다',
    noneText:
      '그림은 SVG 템플릿과 JSON 값으로 이루어집니다. 값이 바뀔 때마다 열어 둔 모든 사람이 새 그림을 봅니다. 열다섯 가지 템플릿 중 하나로 시작해 보세요. 1분이면 됩니다.',
    noneFound: (search) => `“${search}”(이)라는 그림이 없습니다.`,
    clearSearch: '모두 보기',
    signInTitle: '로그인하면 내 그림이 보입니다',
    signInText: '공개 그림에는 목록이 없으니 주소를 보관하세요.',
  },
};
