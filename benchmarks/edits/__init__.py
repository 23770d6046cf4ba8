"""The rows of the quality benchmark: every edit by name, in four tiers."""

from __future__ import annotations

from benchmarks.edits import enhancement, further, hard, light, middle, second_hand
from benchmarks.edits.edited import Edit, Edited, start

LIGHT: dict[str, Edit] = {
    "recompressed to quality 20": light.recompressed,
    "320 px": light.small,
    "128 px thumbnail": light.thumbnail,
    "grey": light.grey,
    "strong filter": light.strong_filter,
    "darker": light.darker,
    "brighter": light.brighter,
    "blur": light.blur,
    "noise": light.noise,
    "squashed square": light.squashed,
    "pixelated": light.pixelated,
}
MIDDLE: dict[str, Edit] = {
    "mirrored": middle.mirrored,
    "quarter turn": middle.quarter_turn,
    "upside down": middle.upside_down,
    "crop to 80 %": middle.crop_80,
    "logo": middle.logo,
    "watermark": middle.watermark,
    "text over": middle.text_over,
    "banner": middle.banner,
    "letterbox": middle.letterbox,
    "padded square": middle.padded_square,
    "blurred face": middle.blurred_face,
    "tilt 5": middle.tilt_5,
    "tilt 15": middle.tilt_15,
    "stickers": middle.stickers,
    "stripes": middle.stripes,
    "stretched 1.4x": middle.stretched,
    "picture in picture": middle.picture_in_picture,
}
HARD: dict[str, Edit] = {
    "crop to 50 %": hard.crop_50,
    "crop to 30 %": hard.crop_30,
    "crop to 15 %": hard.crop_15,
    "phone screenshot": hard.phone_screenshot,
    "phone screenshot, mirrored": hard.phone_screenshot_mirrored,
    "phone screenshot, small": hard.phone_screenshot_small,
    "desktop screenshot": hard.desktop_screenshot,
    "desktop screenshot, mirrored": hard.desktop_screenshot_mirrored,
    "desktop screenshot, small": hard.desktop_screenshot_small,
    "four-tile collage": hard.collage_4,
    "four-tile collage, 400 px": hard.collage_4_small,
    "side by side": hard.side_by_side,
    "over a third of another": hard.over_a_third,
    "photo of a screen": hard.photo_of_screen,
    "skewed": hard.skewed,
    "tilt 20": hard.tilt_20,
    "mirrored + crop 50 + banner": hard.mirrored_cropped_bannered,
    "three messengers": hard.three_messengers,
}
FURTHER: dict[str, Edit] = {
    "ring": further.ring,
    "arrow": further.arrow,
    "scribble": further.scribble,
    "emoji": further.emoji,
    "pixelated face": further.pixelated_face,
    "subtitles": further.subtitles,
    "stamp across": further.stamp,
    "button of a player": further.player,
    "news channel": further.television,
    "news card": further.news_card,
    "vignette": further.vignette,
    "light from one side": further.light_from_one_side,
    "its own blur around": further.own_blur_around,
    "cut round": further.cut_round,
    "before and after": further.before_and_after,
    "nine tiles": further.nine_tiles,
    "newsprint": further.newsprint,
    "plate with a tag": second_hand.plate_with_tag,
    "bands": second_hand.bands,
    "deep vignette": second_hand.deep_vignette,
    "lamp in a screen": second_hand.lamp_in_a_screen,
    "enhanced": enhancement.enhanced,
    "enhanced twice": enhancement.enhanced_twice,
}
TIERS: dict[str, dict[str, Edit]] = {
    "light": LIGHT,
    "middle": MIDDLE,
    "hard": HARD,
    "further": FURTHER,
}

__all__ = ["TIERS", "Edit", "Edited", "start"]
