"""Updates in one line, as people type them at the time of `phrases`, and the time of the next one at their end."""

from __future__ import annotations

from bot.typing.times.moments import Why

# An update, what is left of it, and the time it ends in.
SPLIT: tuple[tuple[str, str, str], ...] = (
    (
        "Card payments fail for some customers. We are switching to the other provider. Next update by 14:30",
        "Card payments fail for some customers. We are switching to the other provider.",
        "24 Nov 14:30",
    ),
    (
        "Card payments fail for some customers. We are switching to the other provider. Next update by 14:30. Thanks!",
        "Card payments fail for some customers. We are switching to the other provider.",
        "24 Nov 14:30",
    ),
    ("We are switching, next update in 45 minutes", "We are switching", "24 Nov 10:45"),
    ("We are switching; 14:30", "We are switching", "24 Nov 14:30"),
    ("We are switching - 14:30", "We are switching", "24 Nov 14:30"),
    ("We are switching – in 1 to 2 hours", "We are switching", "24 Nov 11:00 - 24 Nov 12:00"),
    ("We are on it, more tomorrow before we open", "We are on it", "25 Nov 09:00"),
    ("We are on it, and we will send you the next update by 14:30.", "We are on it", "24 Nov 14:30"),
    ("We'll update you at 14:30", "", "24 Nov 14:30"),
    ("We will update you tomorrow by 9am", "", "25 Nov 09:00"),
    ("We will know more tomorrow at 9am", "", "25 Nov 09:00"),
    ("We will know more first thing tomorrow", "", "25 Nov 09:00"),
    ("We will know more by end of day", "", "24 Nov 17:00"),
    ("We will know more between 14:00 and 15:00", "", "24 Nov 14:00 - 24 Nov 15:00"),
    ("We know more in half an hour", "", "24 Nov 10:30"),
    ("The shop stays closed until tomorrow 9:00", "The shop stays closed", "25 Nov 09:00"),
    ("14:30", "", "24 Nov 14:30"),
    ("Update: cards fail. Next update: 2pm", "Update: cards fail.", "24 Nov 14:00"),
    ("We are fixing it. Until 14:30", "We are fixing it.", "24 Nov 14:30"),
    ("Next update 14:30", "", "24 Nov 14:30"),
    ("Cards fail. Next update 13.30h", "Cards fail.", "24 Nov 13:30"),
    (
        "Cards fail. We are on it. Next update at 13:00. Thanks for your patience!",
        "Cards fail. We are on it. Thanks for your patience!",
        "24 Nov 13:00",
    ),
    ("Cards fail. Next update at 13:00 Sorry for the trouble", "Cards fail. Sorry for the trouble", "24 Nov 13:00"),
    ("Cards fail. Next update at 13:00 🙏", "Cards fail. 🙏", "24 Nov 13:00"),
    ("Cards fail. Next update at 13:00 :pray:", "Cards fail. :pray:", "24 Nov 13:00"),
    ("Cards fail. Next update at 13:00 (all times UTC)", "Cards fail.", "24 Nov 13:00"),
    ("Cards fail. Next update at 13:00. – Ana, Support", "Cards fail. – Ana, Support", "24 Nov 13:00"),
    ("Next update at 13:00. Cards fail.", "Cards fail.", "24 Nov 13:00"),
    ("Cards fail. Next update at 13:00. We look. 13:00", "Cards fail. We look.", "24 Nov 13:00"),
    ("We are on it and next update by 14:30", "We are on it", "24 Nov 14:30"),
    ("No further update before 14:30", "", "24 Nov 14:30"),
    ("Next update by 24.11. 16:00.", "", "24 Nov 16:00"),
    ("Payments work again by 2026-11-24 16:00", "Payments work again", "24 Nov 16:00"),
    ("Next update approx. 14:30", "", "24 Nov 14:30"),
    ("Cards fail. At 14:30 UTC", "Cards fail.", "24 Nov 14:30"),
    ("No further update until 14:30", "", "24 Nov 14:30"),
    (
        "We don't know the cause and tell you more by 14:30",
        "We don't know the cause",
        "24 Nov 14:30",
    ),
    ("Cards fail. You will hear more in 20 minutes.", "Cards fail.", "24 Nov 10:20"),
    (
        "Customers in 2 countries cannot pay, and we learn more at 11am",
        "Customers in 2 countries cannot pay, and we learn more",
        "24 Nov 11:00",
    ),
    ("We restarted it at 9 and look again within the hour", "We restarted it at 9 and look again", "24 Nov 11:00"),
)

# The same, where the time is asked back.
SPLIT_ASKED: tuple[tuple[str, str, Why], ...] = (
    ("Next update at 13:00. We look. Next update at 14:00", "We look.", Why.SEVERAL),
    ("We tell you by 7", "We tell you", Why.HALF_OF_DAY),
    ("We tell you in 900 weeks", "We tell you", Why.TOO_FAR),
    ("We tell you in -5m", "We tell you", Why.NOT_AHEAD),
    ("We tell you in a few minutes", "We tell you", Why.VAGUE),
    ("Next update soon", "", Why.VAGUE),
    ("We are on it. Soon.", "We are on it.", Why.VAGUE),
    ("Next update when the vendor answers", "", Why.VAGUE),
    ("soon", "", Why.VAGUE),
    ("7", "", Why.TIME_OR_LENGTH),
    ("We know more by tomorrow", "", Why.NO_HOUR),
    ("Cards fail, next update 9:30", "Cards fail", Why.NOT_AHEAD),
    ("Cards fail, next update tomorrow", "Cards fail", Why.NO_HOUR),
    ("Cards fail. 9:30", "Cards fail.", Why.NOT_AHEAD),
)

# Updates that do not end in a time.
WHOLE: tuple[str, ...] = (
    "Payments fail in 3 shops",
    "Payments fail since 14:30",
    "Sales are down by 20 %",
    "Sales are down by 20%",
    "Payments were down until 9:30",
    "It broke on Monday at 10",
    "It broke yesterday at 14:30",
    "Sorry. When it is done we tell you",
    "When customers pay by card, it fails",
    "The next update of the app breaks it",
    "We installed the update now",
    "Orders 17, 18",
    "It costs 20, 45.99",
    "",
    "hello there",
    "Not before 14:30",
    "We wait, but not before 14:30",
    "We are on it.",
    "We serve 3 to 4 customers",
    "Nothing works until 14:30",
    "Cards won't work before 14:30",
    "It broke on Friday, 20 Nov 16:00",
)
