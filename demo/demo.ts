console.log('The demo follows.')
