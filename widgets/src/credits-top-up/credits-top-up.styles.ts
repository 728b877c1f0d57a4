import { form } from "../paying/form.styles.ts";
import { panel } from "../paying/panel.styles.ts";
import { button } from "../ui/button.styles.ts";
import { styleSheet } from "../ui/css.ts";
import { dialog } from "../ui/dialog.styles.ts";
import { positive } from "../ui/positive.styles.ts";
import { skeleton } from "../ui/skeleton.styles.ts";
import { tokens } from "../ui/tokens.styles.ts";

export const styles = () => styleSheet(tokens, positive, button, skeleton, dialog, panel, form);
