"""The present and former categories of Apple's podcast directory."""

from typing import Final

__all__ = ["CATEGORIES", "OLDER_CATEGORIES"]

#: Subcategories by category.
CATEGORIES: Final[dict[str, frozenset[str]]] = {
    name: frozenset(part.strip() for part in parts.split(",") if part)
    for name, parts in {
        "Arts": "Books,Design,Fashion & Beauty,Food,Performing Arts,Visual Arts",
        "Business": "Careers,Entrepreneurship,Investing,Management,Marketing,Non-Profit",
        "Comedy": "Comedy Interviews,Improv,Stand-Up",
        "Education": "Courses,How To,Language Learning,Self-Improvement",
        "Fiction": "Comedy Fiction,Drama,Science Fiction",
        "Government": "",
        "Health & Fitness": "Alternative Health,Fitness,Medicine,Mental Health,Nutrition,Sexuality",
        "History": "",
        "Kids & Family": "Education for Kids,Parenting,Pets & Animals,Stories for Kids",
        "Leisure": "Animation & Manga,Automotive,Aviation,Crafts,Games,Hobbies,Home & Garden,Video Games",
        "Music": "Music Commentary,Music History,Music Interviews",
        "News": "Business News,Daily News,Entertainment News,News Commentary,Politics,Sports News,Tech News",
        "Religion & Spirituality": "Buddhism,Christianity,Hinduism,Islam,Judaism,Religion,Spirituality",
        "Science": "Astronomy,Chemistry,Earth Sciences,Life Sciences,Mathematics,Natural Sciences,Nature,Physics,"
        "Social Sciences",
        "Society & Culture": "Documentary,Personal Journals,Philosophy,Places & Travel,Relationships",
        "Sports": "Baseball,Basketball,Cricket,Fantasy Sports,Football,Golf,Hockey,Rugby,Running,Soccer,Swimming,"
        "Tennis,Volleyball,Wilderness,Wrestling",
        "TV & Film": "After Shows,Film History,Film Interviews,Film Reviews,TV Reviews",
        "Technology": "",
        "True Crime": "",
    }.items()
}
#: Categories of Apple's directory until 2019; their subcategories aren't checked.
OLDER_CATEGORIES: Final = frozenset(
    [
        "Arts & Entertainment",
        "Audio Blogs",
        "Family",
        "Food",
        "Games & Hobbies",
        "Government & Organizations",
        "Health",
        "International",
        "Movies & Television",
        "News & Politics",
        "Politics",
        "Public Radio",
        "Science & Medicine",
        "Sports & Recreation",
        "Talk Radio",
        "Transportation",
        "Travel",
    ]
)
