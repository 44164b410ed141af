"""Words that tell a speaker's label from prose: roles, facts of a heading, prose before a colon.

All are compared with `str.casefold()`.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ").casefold() for word in text.split())


ROLES = _words("""
    interviewer interviewee respondent informant participant moderator facilitator host guest
    speaker unknown_speaker question answer user assistant ai chatbot bot system human claude
    chatgpt researcher subject translator interpreter observer journalist editor narrator client
    therapist teacher student director producer
    interviewerin interviewter befragte befragter befragende moderatorin sprecher sprecherin frage
    antwort teilnehmer teilnehmerin teilnehmende dolmetscher dolmetscherin forscher forscherin
    gast
    regie redaktion
    enquêteur enquêtrice enquêté enquêtée intervieweur intervieweuse interviewé interviewée
    question réponse animateur animatrice locuteur locutrice intervenant intervenante journaliste
    interprète chercheur chercheuse répondant répondante modérateur modératrice
    entrevistador entrevistadora entrevistado entrevistada pregunta respuesta moderador moderadora
    hablante orador oradora periodista intérprete investigador investigadora participante locutor
    intervistatore intervistatrice intervistato intervistata domanda risposta relatore moderatore
    entrevistador pergunta resposta falante orador
    spreker vraag antwoord deelnemer geïnterviewde
    интервьюер респондент вопрос ответ ведущий ведущая спикер говорящий говорящая участник
    участница модератор переводчик переводчица журналист исследователь собеседник корреспондент
    问 答 提问 回答 问题 访谈者 访谈员 采访者 采访人 访问者 受访者 被访者 被采访者 受访人
    主持人 记者 嘉宾
    发言人 说话人 翻译 口译 研究者 研究员 访员 参与者 导演 制片人 演员 编剧 摄影师 老师 学生
    問 訪談者 訪談員 採訪者 採訪人 訪問者 受訪者 被訪者 主持人 記者 嘉賓 發言人 說話者 說話人
    翻譯 口譯
    研究者 訪員 參與者 導演 製片人 演員 編劇 提問 問題
    質問 質問者 質問者 回答者 聞き手 語り手 話し手 話者 司会 司会者 インタビュアー
    インタビュイー 記者
    参加者 通訳 調査者 監督 発言者 スピーカー
    질문 답변 문 답 면접자 면담자 피면접자 피면담자 참석자 참가자 화자 진행자 사회자 인터뷰어
    인터뷰이 기자 통역 통역사 감독 발언자 응답자 연구자
    المحاور المحاورة المقابل السائل السائلة المجيب سؤال جواب السؤال الجواب المتحدث المتحدثة س ج
    المذيع المذيعة الضيف الضيفة المترجم المترجمة الباحث الباحثة المشارك المشاركة المخرج المخرجة
    المستجيب مدير_الحوار
    soran görüşmeci katılımcı konuşmacı soru cevap pytanie odpowiedź prowadzący rozmówca mówca
    ผู้สัมภาษณ์ ผู้ให้สัมภาษณ์ ถาม ตอบ ผู้พูด प्रश्न उत्तर साक्षात्कारकर्ता वक्ता
""")
"""Labels that are speakers even when they occur once; a number may follow (`Speaker 2`)."""

QUESTION = _words("q question frage f 问 問 質問 질문 문 س سؤال вопрос в pregunta p")
ANSWER = _words("a answer antwort 答 回答 답변 답 ج جواب ответ о respuesta r réponse")

FACTS = _words("""
    date time place location venue duration length recording recorded file filename title project
    study transcript transcribed transcribed_by transcriber transcription transcriptionist
    participants attendees present language languages interview interview_no interview_number
    interview_date subject_of_interview topic version status notes keywords kind id case meeting
    created audio video source device consent transcript_id
    datum zeit uhrzeit ort dauer aufnahme aufnahmedatum titel projekt transkript transkription
    transkribiert_von teilnehmer_innen teilnehmende anwesend anwesende sprache sprachen thema
    datei dateiname interviewdatum
    date_de_l'entretien lieu durée heure enregistrement titre projet participants langue langues
    transcription transcrit_par sujet fichier
    fecha lugar hora duración grabación título proyecto participantes idioma idiomas tema archivo
    transcripción transcrito_por
    дата место время длительность продолжительность запись название проект участники язык языки
    тема файл расшифровка
    日期 时间 地点 时长 录音 录音时间 标题 题目 项目 与会者 参会人 参会人员 语言 主题 文件
    会议时间 会议主题 访谈时间
    访谈地点 编号 转写 整理 记录 關鍵詞 关键词
    時間 時長 錄音 標題 題目 項目 語言 主題 檔案 編號 日時 場所 録音 録音時間 言語 題名 件名
    参加者一覧 収録
    날짜 시간 일시 장소 길이 녹음 제목 프로젝트 참석자_명단 언어 주제 파일
    التاريخ المكان الوقت المدة التسجيل العنوان المشروع المشاركون اللغة الموضوع الملف
""")
"""What a heading says about the interview before anybody speaks."""

PROSE = _words("""
    note notes remember nota_bene nb n.b. ps p.s. example examples for_example e.g. i.e. warning
    caution tip tips important edit update summary conclusion result results first firstly second
    secondly third finally also but and so or because then plus however anyway basically again
    fact idea point reason problem solution pros cons advantages disadvantages yes no well ok okay
    look listen step case rule rules lesson moral question_is thing meaning namely http https www
    to from cc subject re chapter section part figure table see source sources
    merke hinweis achtung beispiel zum_beispiel z.b. wichtig also fazit ergebnis erstens zweitens
    drittens nämlich aber und oder weil dann grund problem lösung vorteile nachteile ja nein kurz
    anmerkung anmerkungen tipp sprich
    remarque exemple par_exemple attention important conclusion résultat premièrement deuxièmement
    mais donc ou parce_que raison problème solution avantages inconvénients oui non bref
    rappel c'est-à-dire
    recuerda recuerde ejemplo por_ejemplo atención importante conclusión resultado primero segundo
    pero entonces porque razón problema solución ventajas desventajas sí no es_decir
    например пример важно помните внимание примечание итог вывод результат во-первых во-вторых
    но и или потому причина проблема решение да нет то_есть
    记住 注意 例如 比如 比如说 譬如 备注 注 附注 总结 结论 结果 首先 其次 第一 第二 第三 最后
    但是 因为 所以
    原因 问题是 办法 解决办法 优点 缺点 重点 也就是说 换句话说 总之 另外 提示 警告
    記住 例如 比如 備註 總結 結論 結果 首先 其次 最後 但是 因為 所以 優點 缺點 重點 也就是說
    另外 提示 警告
    例 例えば たとえば 注意 注 備考 結論 結果 まず 次に 最後に しかし つまり 理由 問題 要するに
    ポイント
    기억하세요 예 예를_들어 예를_들면 주의 참고 결론 결과 첫째 둘째 그러나 하지만 즉 이유 문제
    요약
    مثال مثلا ملاحظة تذكر انتبه مهم أولا ثانيا ثالثا لكن لأن يعني السبب المشكلة الحل نعم لا
""")
"""What stands before a colon in ordinary prose."""

SOUNDS = _words("""
    music laughter laughs laughing laugh applause inaudible crosstalk pause silence sighs sigh
    unintelligible foreign noise background_noise cheering coughs blank_audio
    musik lachen lacht applaus unverständlich pause stille seufzt gelächter
    musique rires rire applaudissements inaudible silence
    música risas risa aplausos inaudible silencio
    музыка смех аплодисменты неразборчиво пауза
    音乐 笑 笑声 掌声 听不清 停顿 沉默 音樂 笑聲 掌聲 聽不清 拍手 音楽 聞き取れず 聞き取れない
    음악 웃음 박수 침묵 موسيقى ضحك تصفيق صمت
""")
"""What is heard, not who speaks, in the brackets of captions."""

PROSE_ENDINGS = _words("""
    said says say asked asks thought think thinks is are was were am be like that this following
    wrote writes told me him her them us it do does did this: mean means know question_is with of
    to the a an in on at for and or but by
    sagte sagt fragte fragt meinte dachte denke ist sind war waren folgendes dass mir ihm ihr uns
    und oder
    dit disait demandé pense est sont était suivant que moi
    dijo dice preguntó pienso es son era siguiente que
    сказал сказала говорит спросил спросила думаю это был была
""")
"""Last words of a clause that announces something: `and then she said: ...`."""

CLAUSE_ENDS = (
    *(
        "说",
        "說",
        "道",
        "想",
        "觉得",
        "覺得",
        "认为",
        "認為",
        "问我",
        "問我",
        "是",
        "如下",
        "意思",
        "一句话",
        "的话",
    ),
    *(
        "言った",
        "思った",
        "は",
        "が",
        "です",
        "ます",
        "こと",
        "말했다",
        "생각했다",
        "입니다",
        "قال",
        "قالت",
    ),
)
"""The same for languages written without spaces, and where the verb ends the label."""

CLAUSE_STARTS = frozenset({"قال", "قالت", "يقول", "تقول", "قلت", "سألت", "سألني", "وقال"})
"""First words of such a clause, in a language whose verb comes first."""

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭"
    "張劉陳楊黃趙吳孫馬羅鄭謝許鄧馮韓蕭葉蔣蘇呂盧鍾譚김이박최정강조윤장임한오서신권황안송류홍"
)
"""Common Chinese and Korean family names; a label of two or three characters that begins so."""
