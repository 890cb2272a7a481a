document.title = 'count'
