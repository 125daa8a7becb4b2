/** A button that asks for a file of rows. */

/** @param {{ id: string, name: string, take: (file: File, name: string) => void, small?: boolean }} props */
export function FileButton({ id, name, take, small = false }) {
  return (
    <label class={`button file ${small ? 'plain small' : ''}`}>
      {name}
      <input
        type="file"
        id={id}
        accept=".csv,.tsv,.txt,.jsonl,.ndjson,text/csv"
        onChange={({ currentTarget }) => {
          const [chosen] = currentTarget.files ?? [];
          if (chosen) take(chosen, chosen.name);
          currentTarget.value = ''; // the same file can be chosen again, mended
        }}
      />
    </label>
  );
}
