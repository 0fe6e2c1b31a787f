for (const button of document.querySelectorAll('[data-fill]')) {
  button.addEventListener('click', () => {
    document.getElementById('email').value = button.dataset.fill;
    document.getElementById('password').value = button.dataset.with;
    document.querySelector('form button[type=submit]').focus();
  });
}
