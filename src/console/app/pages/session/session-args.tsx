import { execute } from '../../api.ts';
import { type Args, ArgsEditor } from '../../args/args-editor.tsx';
import { Alert } from '../../components/alert.tsx';
import { RenderDocument, type VariableFragment } from '../../generated/graphql.ts';
import { errorText } from '../../language/error-text.ts';
import { text } from '../../language/language.ts';
import { useLoaded } from '../../use-loaded.ts';
import { usePushedArgs } from './use-pushed-args.ts';

const NO_VARIABLES: readonly VariableFragment[] = [];

interface SessionArgsProps {
  readonly id: string;
  readonly template: string;
  readonly args: Args;
  /** Of the newest frame. */
  readonly version: number;
}

/** What the template reads; null: not known yet; none where nobody can say, so that the form shows what there is. */
function useVariables(template: string, args: Args): readonly VariableFragment[] | null {
  const { value, error } = useLoaded(async () => {
    const { data } = await execute(RenderDocument, { template, args });
    return data.renderTemplate.variables;
  }, [template]);
  return value ?? (error === null ? null : NO_VARIABLES);
}

/** The args of a session, for those who may change them. */
export function SessionArgs({ id, template, args: first, version }: SessionArgsProps) {
  const { args, pushing, pushedVersion, error, patch, replace } = usePushedArgs(id, first, version);
  const variables = useVariables(template, first);
  const { session } = text.value;
  return (
    <>
      <ArgsEditor variables={variables} args={args} onPatch={patch} onReplace={replace} />
      {error !== null && (
        <Alert>
          {pushing ? session.waits : session.refused}: {errorText(error)}
        </Alert>
      )}
      <p class="hint" role="status">
        {pushing
          ? session.pushing
          : pushedVersion === null
            ? session.argsLive
            : session.pushedVersion(String(pushedVersion))}
      </p>
    </>
  );
}
