/** One page of text lines as a PDF; the first line is the title. Characters beyond Latin-1 become question marks. */
export function textPdf(lines: readonly string[]): Buffer {
  const shown = lines.map((line, index) => {
    const size = index === 0 ? 20 : 11;
    const move = index === 0 ? "56 780 Td" : `0 -${index === 1 ? 36 : 18} Td`;
    return `/F1 ${size} Tf ${move} (${escape(line)}) Tj`;
  });
  const content = `BT\n${shown.join("\n")}\nET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    `<< /Length ${Buffer.byteLength(content, "latin1")} >>\nstream\n${content}\nendstream`,
  ];
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(text, "latin1");
}

function escape(line: string): string {
  return [...line]
    .map((sign) => ((sign.codePointAt(0) ?? 0) > 255 ? "?" : sign))
    .join("")
    .replace(/[\\()]/g, "\\$&")
    .replace(/[\r\n]/g, " ");
}
