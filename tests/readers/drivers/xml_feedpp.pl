# XML::FeedPP gives RSS and Atom the same names.
use strict;
use warnings;
use JSON::PP;
use XML::FeedPP;

sub shown {
    my ($item, $feed) = @_;
    my $author = $item->author;
    my $category = $item->category;
    return {
        id         => $item->guid,
        title      => $item->title,
        link       => $item->link,
        published  => $item->pubDate,
        author     => [ref $author ? @$author : grep { defined } $author],
        summary    => $item->description,
        categories => [ref $category ? @$category : grep { defined } $category],
        language   => $feed->language,
    };
}

my %found;
for my $path (@ARGV) {
    $found{$path} = eval {
        my $feed = XML::FeedPP->new($path, -type => 'file', utf8_flag => 1);
        [map { shown($_, $feed) } $feed->get_item];
    } // $@;
}
print JSON::PP->new->utf8->encode(\%found), "\n";
