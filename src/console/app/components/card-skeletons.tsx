interface CardSkeletonsProps {
  /** That of the cards that come. */
  readonly class: string;
  readonly count: number;
  readonly element: 'li' | 'div';
}

/** Cards with a picture and words below it, while they are loaded. */
export function CardSkeletons({ class: name, count, element: Card }: CardSkeletonsProps) {
  return (
    <>
      {Array.from({ length: count }, (_, at) => (
        <Card class={name} key={at}>
          <div class="picture">
            <div class="skeleton" />
          </div>
          <div class="words">
            <div class="skeleton line" />
            <div class="skeleton line" />
            <div class="skeleton line" />
          </div>
        </Card>
      ))}
    </>
  );
}
