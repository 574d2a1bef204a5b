export default function HomePage() {
  return <main>Kanade</main>;
}
