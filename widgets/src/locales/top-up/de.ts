import type { TopUpTexts } from "../../ui/top-up-texts.ts";

const german: TopUpTexts = {
  title: (name) => `${name} aufladen`,
  loading: "Preise werden geladen",
  youHave: (amount, unit) => `Sie haben ${amount} ${unit}`,
  amount: "Menge",
  otherAmount: "Andere Menge",
  amountOf: (unit) => `Anzahl ${unit}`,
  between: (min, max) => `Von ${min} bis ${max}`,
  atLeast: (min) => `Mindestens ${min}`,
  atMost: (max) => `Höchstens ${max}`,
  noNumber: "Geben Sie eine Zahl ein, etwa 500",
  perCredit: (price, unit) => `${price} je ${unit}`,
  total: "Gesamt",
  pay: (total) => `${total} bezahlen`,
  payWith: (total, card) => `${total} mit ${card} bezahlen`,
  chooseAmount: "Menge wählen",
  busy: "Einen Moment …",
  useCard: (card) => `${card} verwenden`,
  otherCard: "Andere Karte verwenden",
  saveCard: "Diese Karte für meine nächsten Aufladungen speichern",
  stripe: "Sichere Zahlung über Stripe",
  close: "Schließen",
  formLoading: "Zahlungsformular wird geladen",
  tab: "Wir warten auf Ihre Zahlung im anderen Tab",
  tabHint: "Lassen Sie diese Seite offen: Ihr Guthaben erscheint hier, sobald Sie bezahlt haben.",
  blocked: "Bezahlen Sie auf der sicheren Zahlungsseite",
  blockedHint:
    "Das Zahlungsformular kann hier nicht erscheinen. Lassen Sie diese Seite offen: Ihr Guthaben erscheint hier.",
  openPage: "Zahlungsseite öffnen",
  openAgain: "Noch einmal öffnen",
  cancel: "Abbrechen",
  confirming: "Ihre Zahlung wird bestätigt",
  confirmingHint: "Das dauert wenige Sekunden.",
  processing: "Ihre Bank bestätigt die Zahlung",
  processingHint:
    "Bei manchen Banken dauert das Tage. Ihr Guthaben erscheint von selbst; Sie können die Seite verlassen.",
  checkAgain: "Noch einmal prüfen",
  action: "Ihre Zahlung braucht Ihre Bestätigung",
  actionHint: "Ihre Bank möchte sicher sein, dass Sie es sind. Vorher wird nichts abgebucht.",
  confirm: "Zahlung bestätigen",
  paid: (amount, unit) => `${amount} ${unit} gutgeschrieben`,
  receipt: "Beleg",
  done: "Fertig",
  again: "Mehr kaufen",
  cancelled: "Sie haben nicht bezahlt. Es wurde nichts abgebucht.",
  expired: "Die Zahlungsseite ist abgelaufen. Es wurde nichts abgebucht.",
  priceChanged: "Der Preis hat sich geändert. Es wurde nichts abgebucht: Bitte prüfen Sie ihn noch einmal.",
  notAnswered: "Es kam keine Antwort. Versuchen Sie es noch einmal: Es wird nicht doppelt abgebucht.",
  notStarted:
    "Die Zahlung konnte nicht beginnen. Es wurde nichts abgebucht. Versuchen Sie es gleich noch einmal.",
  declined:
    "Ihre Karte wurde abgelehnt. Es wurde nichts abgebucht. Versuchen Sie es noch einmal oder mit einer anderen Karte.",
  declines: {
    insufficient_funds:
      "Die Karte ist nicht gedeckt. Es wurde nichts abgebucht. Nehmen Sie eine andere Karte.",
    expired_card: "Die Karte ist abgelaufen. Es wurde nichts abgebucht. Nehmen Sie eine andere Karte.",
    incorrect_cvc: "Die Prüfziffer war falsch. Es wurde nichts abgebucht. Versuchen Sie es noch einmal.",
    processing_error:
      "Ihre Bank konnte die Zahlung nicht ausführen. Es wurde nichts abgebucht. Versuchen Sie es noch einmal.",
    authentication_required:
      "Ihre Bank bekam keine Bestätigung. Es wurde nichts abgebucht. Versuchen Sie es noch einmal.",
  },
  unsold: "Hier gibt es nichts zu kaufen",
  unsoldHint: "Ihr Tarif verkauft dieses Guthaben nicht. Fragen Sie, wer Ihr Konto verwaltet.",
  error: "Die Preise konnten nicht geladen werden",
};

export default german;
