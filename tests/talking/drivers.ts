import type { Driver } from "./driver.ts";
import { smsDriver } from "./sms.ts";
import { voiceDriver } from "./voice.ts";
import { whatsappDriver } from "./whatsapp.ts";

/** Every channel on which people talk with us: whoever adds one adds its driver, and all journeys hold for it. */
export const DRIVERS: readonly Driver[] = [whatsappDriver, smsDriver, voiceDriver];
