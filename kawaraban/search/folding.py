"""What is written differently and is the same: widths, iteration marks, old characters, long vowels. Pure."""

import re
import unicodedata

TO_LEAVE_OUT = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2028-\u202f\u2060-\u206f\ud800-\udfff\ue000\ufe00-\ufe0f\ufeff\ufffe\uffff"
UNREADABLE = re.compile(f"[{TO_LEAVE_OUT}]")
# Characters before the reform of 1946 and slips of them: each pair is the one of today and those of before.
PAIRS = (
    "亜亞 悪惡 圧壓 囲圍 為爲 医醫 稲稻 飲飮 隠隱 営營 栄榮 衛衞 駅驛 円圓 塩鹽 縁緣 応應 欧歐 殴毆 桜櫻 奥奧 横橫 "
    "温溫 穏穩 仮假 価價 画畫 会會 回囘 壊壞 懐懷 絵繪 拡擴 殻殼 覚覺 学學 楽樂 渇渴 勧勸 巻卷 寛寬 歓歡 観觀 関關 "
    "陥陷 顔顏 気氣 帰歸 偽僞 戯戲 犠犧 旧舊 拠據 挙擧 虚虛 峡峽 挟挾 郷鄕 暁曉 区區 駆驅 勲勳 薫薰 径徑 恵惠 渓溪 "
    "経經 継繼 茎莖 蛍螢 軽輕 鶏鷄 芸藝 撃擊 研硏 県縣 倹儉 剣劍 圏圈 検檢 権權 献獻 険險 顕顯 験驗 厳嚴 広廣 効效 "
    "恒恆 鉱鑛 号號 国國 黒黑 済濟 砕碎 剤劑 雑雜 桟棧 参參 惨慘 賛贊 残殘 糸絲 児兒 歯齒 辞辭 湿濕 実實 写寫 釈釋 "
    "寿壽 収收 従從 渋澁 獣獸 縦縱 粛肅 処處 緒緖 叙敍 将將 称稱 焼燒 証證 乗乘 剰剩 壌壤 嬢孃 条條 浄淨 畳疊 譲讓 "
    "醸釀 嘱囑 触觸 寝寢 慎愼 真眞 尽盡 図圖 粋粹 酔醉 随隨 髄髓 数數 枢樞 瀬瀨 声聲 静靜 摂攝 窃竊 専專 戦戰 浅淺 "
    "潜潛 繊纖 践踐 銭錢 禅禪 双雙 壮壯 捜搜 挿插 争爭 総總 聡聰 荘莊 装裝 騒騷 増增 臓臟 蔵藏 属屬 続續 堕墮 体體 "
    "対對 帯帶 滞滯 台臺 滝瀧 択擇 沢澤 単單 担擔 胆膽 団團 弾彈 断斷 遅遲 昼晝 虫蟲 鋳鑄 庁廳 聴聽 鎮鎭 逓遞 鉄鐵 "
    "転轉 点點 伝傳 党黨 盗盜 当當 闘鬪 独獨 読讀 届屆 弐貳 悩惱 脳腦 覇霸 廃廢 拝拜 売賣 麦麥 発發 髪髮 抜拔 蛮蠻 "
    "秘祕 浜濱濵 払拂 仏佛 並竝 変變 豊豐 褒襃 翻飜 万萬 満滿 黙默 訳譯 薬藥 与與 予豫 余餘 誉譽 揺搖 様樣 謡謠 来來 "
    "頼賴 乱亂 覧覽 両兩 猟獵 緑綠 塁壘 励勵 礼禮 霊靈 齢齡 恋戀 炉爐 労勞 楼樓 録錄 湾灣 高髙 崎﨑 吉𠮷 富冨 "
)
# Alike in names only; the dictionary knows words with either, so these are folded after it has spoken.
NAMES = "斉齊斎齋 竜龍 島嶋嶌 辺邊邉 崎嵜碕 灯燈 岳嶽 曽曾 館舘 桧檜 薮藪 鴬鶯 峰峯 秋穐 凉涼 峨峩"


def table(pairs: str) -> dict[int, str]:
    return {ord(old): pair[0] for pair in pairs.split() for old in pair[1:]}


OLD, NAME = table(PAIRS), table(NAMES)
IS_OLD = re.compile(f"[{''.join(map(chr, OLD))}]")
IN_NAME = re.compile(f"[{''.join(map(chr, NAME))}]")
V = re.compile("ヴ([ァィェォ])?")
V_ROW = {"ァ": "バ", "ィ": "ビ", "ェ": "ベ", "ォ": "ボ"}
REPEATED = re.compile("([ぁ-ゖァ-ヺ])([ゝゞヽヾ])")
MARK = re.compile("[ゝゞヽヾ]")
VOICED = dict(
    zip(
        "かきくけこさしすせそたちつてとはひふへほカキクケコサシスセソタチツテトハヒフヘホ",
        "がぎぐげござじずぜぞだぢづでどばびぶべぼガギグゲゴザジズゼゾダヂヅデドバビブベボ",
        strict=True,
    )
)
PLAIN = {voiced: plain for plain, voiced in VOICED.items()}
SAME = re.compile("([\u3400-\u9fff])々")
LATIN_LETTERS = "\u00c0-\u024f\u1e00-\u1eff"
ACCENTED = re.compile(f"[{LATIN_LETTERS}]+")
LIGATURES = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l"})
KATAKANA = re.compile("[ァ-ヺー]{4,}")
TO_HIRAGANA = {code: chr(code - 0x60) for code in range(ord("ァ"), ord("ヶ") + 1)}
# What most Japanese text has of other widths, and nothing else; then NFKC, which takes a tenth of a millisecond, changes nothing any more.
WIDE = re.compile("[！-～　…]")
# What is left of what is written differently, after that.
UNUSUAL = re.compile(f"[{TO_LEAVE_OUT}{LATIN_LETTERS}ヴゝゞヽヾ{''.join(map(chr, OLD))}]")
NARROW = {**{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}, "　": " ", "…": "..."}


def fold(text: str) -> str:
    """Text in one width and lower case, without accents, kana written out, in the characters of today; for any str."""
    text = WIDE.sub(lambda found: NARROW[found[0]], UNREADABLE.sub("", text))
    text = (text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)).lower()
    if UNUSUAL.search(text):
        text = ACCENTED.sub(without_accents, text)
        text = UNREADABLE.sub("", text)
        if "ヴ" in text:
            text = V.sub(lambda found: V_ROW.get(found[1] or "", "ブ"), text)
        while MARK.search(text) and (written := REPEATED.sub(repeat, text)) != text:
            text = written
        text = IS_OLD.sub(lambda found: OLD[ord(found[0])], text)
    return text


def without_accents(found: re.Match[str]) -> str:
    parts = unicodedata.normalize("NFD", found[0].translate(LIGATURES))
    return "".join(character for character in parts if not unicodedata.combining(character))


def repeat(found: re.Match[str]) -> str:
    before, mark = found[1], found[2]
    return before + (VOICED.get(before, before) if mark in "ゞヾ" else PLAIN.get(before, before))


def alike(text: str) -> str:
    """Folded text with characters that names are written with turned into one, and 々 written out."""
    if "々" in text:
        text = SAME.sub(r"\1\1", text)
    return IN_NAME.sub(lambda found: NAME[ord(found[0])], text)


def stem_katakana(word: str) -> str:
    """サーバー is サーバ; コピー, too short to be sure, stays."""
    return word[:-1] if word.endswith("ー") and KATAKANA.fullmatch(word) else word


def hiragana(text: str) -> str:
    return text.translate(TO_HIRAGANA)
