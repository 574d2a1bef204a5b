import '../styles/japanese-fonts.css';
