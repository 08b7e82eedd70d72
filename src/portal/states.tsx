import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { isSignedOut, sentenceOf } from './api.ts';
import { useReader } from './reader.tsx';

export const isNobody = isSignedOut;

const SIGN_IN = 'npx --no-install cost-pillar sign-in';

export function Loading() {
  const { words } = useReader();
  return (
    <Box textAlign="center" padding="xxl">
      <SpaceBetween size="s">
        <Spinner size="large" />
        <Box color="text-body-secondary">{words.loading}</Box>
      </SpaceBetween>
    </Box>
  );
}

export function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { words } = useReader();
  return (
    <Alert type="error" header={words.failed} action={<Button onClick={onRetry}>{words.retry}</Button>}>
      {sentenceOf(error)}
    </Alert>
  );
}

export function SignedOut() {
  const { words } = useReader();
  return (
    <Box padding="xxl">
      <Alert type="info" header={words.signedOutTitle}>
        <SpaceBetween size="s">
          <span>{words.signedOut}</span>
          <CopyToClipboard
            variant="inline"
            textToCopy={SIGN_IN}
            copyButtonAriaLabel={words.copy}
            copySuccessText={words.copied}
            copyErrorText={words.notCopied}
          />
        </SpaceBetween>
      </Alert>
    </Box>
  );
}

export function Nothing({ title, next }: { title: string; next: string }) {
  return (
    <Box textAlign="center" color="inherit" padding={{ vertical: 'l' }}>
      <b>{title}</b>
      <Box variant="p" color="inherit">
        {next}
      </Box>
    </Box>
  );
}
