/** The values of an answer of one JSON object a line, as they come in. */
export async function* linesOf<Value>(response: Response): AsyncGenerator<Value> {
  const { body } = response;
  if (body === null) return;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (rest + (value ?? '')).split('\n');
    rest = done ? '' : (lines.pop() ?? '');
    for (const line of lines) if (line !== '') yield JSON.parse(line) as Value;
    if (done) return;
  }
}
