from django.urls import include, path

urlpatterns = [path("feeds/", include("newsfeed.contrib.django.urls"))]
