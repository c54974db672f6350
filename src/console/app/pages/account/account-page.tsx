import { execute } from '../../api.ts';
import { LoadFailed } from '../../components/load-failed.tsx';
import { SignedInOnly } from '../../components/signed-in-only.tsx';
import { SignInsDocument } from '../../generated/graphql.ts';
import { me } from '../../identity.ts';
import { text } from '../../language/language.ts';
import { useLoaded } from '../../use-loaded.ts';
import { useTitle } from '../../use-title.ts';
import { DeleteAccount } from './delete-account.tsx';
import { PasswordForm } from './password-form.tsx';
import { SignInList } from './sign-in-list.tsx';

function Account() {
  const { account } = text.value;
  const { value, error, reload } = useLoaded(async () => (await execute(SignInsDocument)).data.signIns, [me.value]);
  if (error !== null && value === undefined) return <LoadFailed error={error} retry={reload} />;
  return (
    <main id="main" class="page narrow" aria-busy={value === undefined}>
      <div class="page-head">
        <div>
          <h1>{account.title}</h1>
          <p>
            {account.signedInAs} <bdi class="name">{me.value}</bdi>
          </p>
        </div>
      </div>
      <div class="stack">
        <section class="card stack" aria-labelledby="sign-ins">
          <div>
            <h2 id="sign-ins">{account.signInsTitle}</h2>
            <p class="muted">{account.signInsText}</p>
          </div>
          {value === undefined ? <div class="skeleton block" /> : <SignInList signIns={value} reload={reload} />}
        </section>
        <section class="card stack" aria-labelledby="password">
          <h2 id="password">{account.passwordTitle}</h2>
          <PasswordForm onChanged={() => void reload()} />
        </section>
        <section class="card stack" aria-labelledby="delete">
          <h2 id="delete">{account.deleteTitle}</h2>
          <DeleteAccount />
        </section>
      </div>
    </main>
  );
}

/** `/account` */
export function AccountPage() {
  useTitle(text.value.account.title);
  return (
    <SignedInOnly title={text.value.account.signInTitle}>
      <Account />
    </SignedInOnly>
  );
}
