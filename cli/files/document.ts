/** Documents in files. A file that cannot be read is wrong usage (exit code 2); a file with wrong content has problems. */
import { basename } from "node:path";
import { parseJson, type Read } from "../../insight/documents/json-text.ts";
import { decode } from "../../insight/documents/text-encoding.ts";
import { UsageError } from "../../stack/usage-error.ts";
import type { Io } from "../terminal/io.ts";

export function readDocument(path: string, io: Io): Read {
  const decoded = decode(readBytes(path, io));
  return "problems" in decoded ? { ...decoded, text: "" } : parseJson(decoded.text);
}

/** Whether there is a file or folder with this name. */
export function isThere(path: string, io: Io): boolean {
  try {
    io.read(path);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ENOENT";
  }
}

/** @throws UsageError when there is no such file, or when it cannot be read. */
export function readBytes(path: string, io: Io): Uint8Array {
  try {
    return io.read(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new UsageError(`There is no file ${path}. Check the name and the folder you are in.`);
    if (code === "EISDIR") throw new UsageError(`${path} is a folder. Name the files in it, such as ${path}/*.json.`);
    throw new UsageError(`${path} cannot be read (${code ?? (error as Error).message}). Check its permissions.`);
  }
}

/**
 * All files that commands write pass through here. A name may come from the id of a document: names that mean a device
 * or another stream of a file on some systems are refused. The terminal's `write` does not follow symbolic links.
 */
export function writeText(path: string, text: string, io: Io): void {
  if (!isFileName(basename(path)))
    throw new UsageError(`"${basename(path)}" cannot be a file name. Name another file.`);
  try {
    io.write(path, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ELOOP" || code === "EMLINK")
      throw new UsageError(`${path} is a symbolic link, and nothing is written through it. Name another file.`);
    throw new UsageError(`${path} cannot be written (${code ?? (error as Error).message}). Name another file.`);
  }
}

const devices = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)/i;

/** Whether every system can have a file with this name. */
export function isFileName(name: string): boolean {
  return name !== "" && !/[<>:"/\\|?*\p{C}]|[. ]$/u.test(name) && !devices.test(name) && Buffer.byteLength(name) <= 255;
}
